import type { Topic } from './live-topics.ts';

/** A subscription that may run: all that the door asks of an operation was asked. */
export interface Admitted {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly topics: readonly Topic[];
}

/** What is to become of a subscription: told whether it may run, or run once, as the query that it is a twin of. */
export type LiveAsk = { admitted?: Admitted } | 'run';
