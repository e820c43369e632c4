import type { z } from 'zod';

/** What there is to know of a job before anybody does it: who enqueues it and who does it both read this. */
export interface JobDefinition<Payload> {
  /** Verb and noun, unique in the whole product, as `apply-delivery`. The queue has the same name, and so has the file. */
  readonly name: string;
  /** Parsed when it is enqueued, and again when it is done: a job may wait through a deployment. */
  readonly payload: z.ZodType<Payload>;
  /** The events that enqueue it, whichever subgraph publishes them. Its payload is then the event's envelope. */
  readonly on?: string | readonly string[];
  /** Times at which it is enqueued by itself, in UTC, with an empty payload. */
  readonly cron?: string;
  /** `singleton`: one at a time in all processes. `short`: one waiting at most. Otherwise as many as come. */
  readonly policy?: 'standard' | 'singleton' | 'short' | 'stately' | 'exclusive';
  /** How often it is tried again after a failure, 2 by default, after a delay that doubles from `retrySeconds` (1). */
  readonly retries?: number;
  readonly retrySeconds?: number;
  readonly retryMaxSeconds?: number;
  /** After how long a try counts as lost with its process, 15 minutes by default. */
  readonly expireSeconds?: number;
  /** For how many days one waits for a worker before it is dropped, 14 by default. */
  readonly keepDays?: number;
  /** How many a worker takes at once, 1 by default. One that takes several waits a moment after each batch for the next. */
  readonly batchSize?: number;
  /** How many workers a process has for it, 1 by default. */
  readonly workers?: number;
  /** How often to look for jobs that nothing announced, as delayed ones and retries: every 5 seconds by default. */
  readonly pollSeconds?: number;
}

/** One try of a job. */
export interface Job<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** From 1. */
  readonly attempt: number;
  readonly isLastAttempt: boolean;
  /** Fires when the process stops. */
  readonly signal: AbortSignal;
}

/** A job and what does it, as a worker takes it. */
export interface JobImplementation {
  readonly definition: JobDefinition<unknown>;
  /** Whether each of a batch stands or falls by itself. */
  readonly each?: boolean;
  run(jobs: readonly Job<unknown>[]): Promise<void>;
}

export const defineJob = <Payload>(definition: JobDefinition<Payload>): JobDefinition<Payload> => definition;

/** Does jobs together, as many as `batchSize`. A failure fails them all, so that each must bear to be done again. */
export function implementBatchJob<Payload>(
  definition: JobDefinition<Payload>,
  run: (jobs: readonly Job<Payload>[]) => Promise<void>,
): JobImplementation {
  return {
    definition,
    run: (jobs) => run(jobs.map((job) => ({ ...job, payload: definition.payload.parse(job.payload) }))),
  };
}

/** Does one job. It may be done twice, when a process dies between its work and its word, so that it must bear that. */
export const implementJob = <Payload>(
  definition: JobDefinition<Payload>,
  run: (job: Job<Payload>) => Promise<void>,
): JobImplementation => ({
  ...implementBatchJob(definition, async (jobs) => {
    for (const job of jobs) await run(job);
  }),
  each: true,
});
