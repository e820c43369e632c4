import { setTimeout } from 'node:timers/promises';
import type { AddressRule, Resolver } from '@gastronom/shared/http/address-guard';
import type { Logger } from '@gastronom/shared/logger';
import type { FetchingSettings } from './fetching-settings.ts';
import type { HostTurns } from './turn/host-turns.ts';

/** Rejects with the signal’s reason as soon as it is aborted. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** Who takes pages from the fetcher, and may be behind. */
export interface Taker {
  readonly hasRoom: boolean;
  whenRoom(): Promise<void>;
}

/** What fetching lives on. Tests have a clock, names and turns of their own. */
export interface FetchingTools {
  readonly settings: FetchingSettings;
  readonly allowed: AddressRule;
  readonly turns: HostTurns;
  readonly logger: Logger;
  /** The time, in milliseconds. */
  readonly clock: () => number;
  readonly sleep: Sleep;
  /** From 0 to 1, for what is spread. */
  readonly random: () => number;
  readonly resolve?: Resolver | undefined;
  /** Where pages would only pile up, none is fetched for who has time. */
  readonly taker?: Taker | undefined;
}

export const reallySleep: Sleep = async (ms, signal) => {
  signal.throwIfAborted();
  if (ms <= 0) return;
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
};
