import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { type ConstructorOptions, type JobWithMetadata, PgBoss } from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { preparingClient } from '../database/preparing-client.ts';
import { SettingError } from '../env.ts';
import type { Logger } from '../logger.ts';
import { countJobs, watchQueues } from '../metrics/job-metrics.ts';
import type { EventDefinition } from './event.ts';
import type { JobDefinition, JobImplementation } from './job.ts';

/** The schema of the queue, and the name of its role after `gastronom_`. */
export const jobsName = 'jobs';

export interface SendOptions {
  /** Not before this moment, or so many seconds from now. */
  readonly startAfter?: Date | number;
  /** Tells jobs of one queue apart where its policy allows only one. */
  readonly key?: string;
}

/** For how long a worker that takes many at once lets them gather. */
const gatherMs = 100;

/** Where work for later goes. Jobs and events are enqueued in the caller's transaction: with it they stand or fall. */
export interface JobQueue {
  send<Payload>(
    manager: EntityManager,
    definition: JobDefinition<Payload>,
    payload: Payload,
    options?: SendOptions,
  ): Promise<void>;
  publish<Data>(manager: EntityManager, definition: EventDefinition<Data>, data: Data): Promise<void>;
}

export interface JobQueueOptions {
  /** Address of the database as the queue's own role, without a pooler: workers are woken by LISTEN. */
  readonly url: string;
  readonly logger: Logger;
  /** Whether this process may do jobs, and keeps the queue in order; otherwise it enqueues alone. */
  readonly works: boolean;
}

const queueOptions = (definition: JobDefinition<never>) => ({
  policy: definition.policy ?? 'standard',
  retryLimit: definition.retries ?? 2,
  retryDelay: definition.retrySeconds ?? 1,
  retryBackoff: true,
  ...(definition.retryMaxSeconds ? { retryDelayMax: definition.retryMaxSeconds } : {}),
  expireInSeconds: definition.expireSeconds ?? 900,
  retentionSeconds: (definition.keepDays ?? 14) * 86_400,
  // A process that dies with a job in hand is noticed within half a minute, however long the job may take.
  heartbeatSeconds: 15,
  notify: true,
});

const bossOptions = ({ url, works }: JobQueueOptions): ConstructorOptions & pg.PoolConfig => ({
  connectionString: url,
  Client: preparingClient(),
  application_name: 'gastronom-jobs',
  schema: jobsName,
  max: works ? 4 : 2,
  migrate: false,
  supervise: works,
  superviseIntervalSeconds: 10,
  monitorIntervalSeconds: 10,
  schedule: works,
  useListenNotify: works,
});

/** The queue of the product, on pg-boss. */
export class Jobs implements JobQueue {
  readonly #boss: PgBoss;
  readonly #logger: Logger;
  readonly #ready = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  #endWatch: () => void = () => undefined;
  #lastTrouble = { message: '', until: 0 };

  private constructor(options: JobQueueOptions) {
    this.#boss = new PgBoss(bossOptions(options));
    this.#logger = options.logger;
    this.#boss.on('error', (error) => this.#complain(error));
    this.#boss.on('warning', (warning) => this.#logger.warn({ warning }, 'the job queue warns'));
  }

  static async start(options: JobQueueOptions): Promise<Jobs> {
    const jobs = new Jobs(options);
    try {
      await jobs.#boss.start();
      if (options.works) jobs.#endWatch = watchQueues(() => jobs.#boss.getQueues(), options.logger);
    } catch (error) {
      await jobs.#boss.stop({ graceful: false });
      if (!/not installed|requires migrations/.test((error as Error).message)) throw error;
      throw new SettingError('DATABASE_URL: the database is not in its newest form. Run `pnpm manage migrate` first.');
    }
    return jobs;
  }

  async send<Payload>(
    manager: EntityManager,
    definition: JobDefinition<Payload>,
    payload: Payload,
    { startAfter, key }: SendOptions = {},
  ): Promise<void> {
    await this.#ensure(definition as JobDefinition<never>);
    await this.#boss.send(definition.name, definition.payload.parse(payload) as object, {
      db: inTransactionOf(manager),
      ...(startAfter === undefined ? {} : { startAfter }),
      ...(key === undefined ? {} : { singletonKey: key }),
    });
  }

  async publish<Data>(manager: EntityManager, definition: EventDefinition<Data>, data: Data): Promise<void> {
    const { type, version } = definition;
    const subscribers: { name: string }[] = await manager.query(
      `SELECT name FROM ${jobsName}.subscription WHERE event = $1 ORDER BY name`,
      [type],
    );
    const parsed = definition.data.parse(data);
    const event = { id: randomUUID(), type, version, occurredAt: new Date().toISOString(), data: parsed };
    for (const { name } of subscribers) await this.#boss.send(name, event, { db: inTransactionOf(manager) });
  }

  /** Begins to do jobs. */
  async work(implementations: readonly JobImplementation[]): Promise<void> {
    for (const implementation of implementations) {
      const definition = implementation.definition as JobDefinition<never>;
      const { name, cron, on } = definition;
      await this.#ensure(definition);
      for (const event of [on ?? []].flat()) await this.#boss.subscribe(event, name);
      if (cron) await this.#boss.schedule(name, cron, {}, { tz: 'UTC' });
      for (let worker = 0; worker < (definition.workers ?? 1); worker += 1) await this.#startWorker(implementation);
    }
  }

  /** Lets the jobs in hand finish, and takes no others. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#endWatch();
    await this.#boss.stop({ graceful: true, timeout: 10_000 });
  }

  /** While the database is away every poll of every queue fails: the same trouble is told once a minute. */
  #complain(error: Error): void {
    const { message } = error;
    if (message === this.#lastTrouble.message && Date.now() < this.#lastTrouble.until) return;
    this.#lastTrouble = { message, until: Date.now() + 60_000 };
    this.#logger.error({ err: error }, 'the job queue has a trouble');
  }

  async #startWorker(implementation: JobImplementation): Promise<void> {
    const { name, batchSize = 1, pollSeconds } = implementation.definition;
    const options = {
      includeMetadata: true,
      batchSize,
      pollingIntervalSeconds: Math.min(pollSeconds ?? 2, 2),
      notifyPollingIntervalSeconds: pollSeconds ?? 5,
      burstWhenBatchFull: true,
    } as const;
    let worker: string | undefined;
    worker = await this.#boss.work<unknown, void, typeof options>(name, options, async (jobs) => {
      try {
        if (implementation.each && jobs.length > 1) await this.#runEach(implementation, jobs);
        else await this.#run(implementation, jobs);
        // What comes one by one and is done together costs less: the first is done at once, the next after a moment.
        if (batchSize > 1) await delay(gatherMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      } finally {
        // pg-boss bursts through full batches alone: of single jobs that came at once, each would wait for a poll.
        if (worker && batchSize === 1) this.#boss.notifyWorker(worker);
      }
    });
  }

  /** One that fails is tried again by itself; the others are done. */
  async #runEach(implementation: JobImplementation, jobs: readonly JobWithMetadata<unknown>[]): Promise<void> {
    for (const job of jobs) {
      try {
        await this.#run(implementation, [job]);
      } catch (error) {
        const { message, stack } = error as Error;
        await this.#boss.fail(implementation.definition.name, job.id, { message, stack });
      }
    }
  }

  async #run({ definition, run }: JobImplementation, jobs: readonly JobWithMetadata<unknown>[]): Promise<void> {
    try {
      const asked = jobs.map(({ id, data, retryCount, retryLimit }) => ({
        id,
        payload: data ?? {},
        attempt: retryCount + 1,
        isLastAttempt: retryCount >= retryLimit,
        signal: this.#stopping.signal,
      }));
      await countJobs(definition.name, jobs.length, () => run(asked));
    } catch (error) {
      const ids = jobs.map(({ id }) => id);
      this.#logger.error(
        { err: error, job: definition.name, ids, attempt: (jobs[0]?.retryCount ?? 0) + 1 },
        'a job failed',
      );
      throw error;
    }
  }

  /** Makes the queue, or brings it to what the definition says now; once in the life of the process. */
  #ensure(definition: JobDefinition<never>): Promise<void> {
    const { name } = definition;
    const known = this.#ready.get(name);
    if (known) return known;
    const made = this.#make(definition);
    this.#ready.set(name, made);
    made.catch(() => this.#ready.delete(name));
    return made;
  }

  async #make(definition: JobDefinition<never>): Promise<void> {
    const { policy, ...options } = queueOptions(definition);
    const known = await this.#boss.getQueue(definition.name);
    if (!known) await this.#boss.createQueue(definition.name, { policy, ...options });
    else if (isOther(known, options)) await this.#boss.updateQueue(definition.name, options);
  }
}

const isOther = (known: object, options: object): boolean =>
  Object.entries(options).some(([key, value]) => (known as Record<string, unknown>)[key] !== value);

/** pg-boss's statements on the connection of a transaction of ours. */
const inTransactionOf = (manager: EntityManager) => ({
  executeSql: async (text: string, values?: unknown[]) => ({ rows: await manager.query(text, values as unknown[]) }),
});
