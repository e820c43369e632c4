import type { Logger } from '@gastronom/shared/logger';
import type { Place } from './place.ts';

/** Ends something that was begun. */
export type Stop = () => Promise<void>;

/** What a process serves, once it does. */
export interface Served {
  readonly url: string;
  /** Takes no more clients, and lets those go that there are, as their requests are answered. */
  drain(): Promise<void>;
  /** Done once for all workers, when all serve. */
  introduce?(): Promise<void>;
}

export interface ProgramSettings {
  readonly WORKERS: number;
  readonly METRICS_HOST: string;
  readonly METRICS_PORT?: number | undefined;
}

export interface Surroundings<Settings> {
  readonly settings: Settings;
  readonly logger: Logger;
  /** What is to be ended when the process ends, last first. */
  readonly stops: Stop[];
}

/** A program that runs in one process or in several, alike. */
export interface Program<Settings extends ProgramSettings, Given extends object> {
  /** Anew each time: a worker that takes the place of another goes by what the settings are then. */
  readSettings(): Settings;
  createLogger(settings: Settings): Logger;
  /** Makes ready, once, what all workers need. What it returns is plain data. */
  prepare(surroundings: Surroundings<Settings>): Promise<Given>;
  /** Serves, here. */
  serve(given: Given, place: Place, surroundings: Surroundings<Settings>): Promise<Served>;
}

/** Ends what was begun, last first. */
export async function stopAll(stops: Stop[]): Promise<void> {
  for (const step of stops.splice(0).toReversed()) await step();
}
