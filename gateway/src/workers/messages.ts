import type { MetricsSnapshot } from '@gastronom/shared/metrics';
import type { PointsAnswer, PointsAsk } from './points-bank.ts';

/** What a worker is told once, before it starts. */
export interface Assignment {
  /** From 1; whoever takes its place has the same. */
  readonly number: number;
  readonly workers: number;
  /** What was made ready for all: where the database is, and the like. */
  readonly given: object;
  /** The folder of the sockets by which workers reach one another. */
  readonly folder: string;
  readonly isMeasured: boolean;
}

/** What the primary process says to a worker. */
export type ToWorker =
  | { readonly kind: 'assign'; readonly assignment: Assignment }
  /** Who serves now, by the ids of their processes. */
  | { readonly kind: 'team'; readonly ids: readonly number[] }
  | { readonly kind: 'broadcast'; readonly channel: string; readonly message: object }
  | { readonly kind: 'points'; readonly id: number; readonly answer: PointsAnswer }
  | { readonly kind: 'measure'; readonly id: number }
  /** All serve: what is done once for all of them is this one's to do. */
  | { readonly kind: 'introduce' }
  /** Another has taken its place: let the clients go, then stop. */
  | { readonly kind: 'leave' }
  | { readonly kind: 'stop' };

/** What a worker says to the primary process. */
export type FromWorker =
  | { readonly kind: 'hello' }
  | { readonly kind: 'serves'; readonly url: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'introduced' }
  | { readonly kind: 'left' }
  | { readonly kind: 'broadcast'; readonly channel: string; readonly message: object }
  | { readonly kind: 'points'; readonly id: number; readonly ask: PointsAsk }
  | { readonly kind: 'measured'; readonly id: number; readonly metrics: MetricsSnapshot };
