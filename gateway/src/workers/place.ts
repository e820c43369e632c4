import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { CountPoints } from '../limits/rate-limits.ts';

/** How the workers of one machine reach one another, for streams that one of them holds. */
export interface Team {
  /** This worker's own id, of this life of it. */
  readonly id: number;
  /** Where this worker takes over from the others. */
  readonly socket: string;
  /** Where another takes over; undefined where it serves no more. */
  socketOf(id: number): string | undefined;
}

/** One process of the gateway among its workers, and what they have in common. */
export interface Place {
  /** From 1. */
  readonly number: number;
  readonly workers: number;
  /** Whether it does what is left for later: one of them does, so that what is done one by one stays so. */
  readonly worksJobs: boolean;
  /** To the other workers, where there is no Redis. */
  readonly broadcast?: Broadcast;
  readonly countPoints?: CountPoints;
  readonly team?: Team;
  /** How many of the workers serve. */
  readonly serving: () => number;
}

/** The one process that there is. */
export const alone: Place = { number: 1, workers: 1, worksJobs: true, serving: () => 1 };
