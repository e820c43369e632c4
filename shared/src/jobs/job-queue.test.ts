import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { subgraphDataSource, subgraphUrl } from '../database/subgraph-database.ts';
import { createLogger } from '../logger.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { defineEvent, eventPayload } from './event.ts';
import { defineJob, implementBatchJob, implementJob, type JobImplementation } from './job.ts';
import { Jobs, jobsName } from './job-queue.ts';

const rung = z.object({ bell: z.string() });
const bellRung = defineEvent({ type: 'BellRung', version: 1, data: rung });

let database: TestDatabase;
let kitchen: DataSource;
let jobs: Jobs;

beforeAll(async () => {
  database = await createTestDatabase();
  kitchen = await subgraphDataSource(
    { name: 'accounts', entities: [], migrations: [] },
    { url: subgraphUrl(database.ownerUrl, database.secret, 'accounts'), poolSize: 4 },
  );
  jobs = await Jobs.start({
    url: subgraphUrl(database.ownerUrl, database.secret, jobsName),
    logger: createLogger('test', 'silent'),
    works: true,
  });
});
afterAll(async () => {
  await jobs.stop();
  await kitchen.destroy();
  await database.drop();
});

/** Waits until something has come so often. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const waiting = (name: string) =>
  database.query<{ count: number }>('SELECT count(*)::int AS count FROM jobs.job WHERE name = $1', [name]);

describe('a job', () => {
  it('is done once when its transaction commits, and never when it does not', async () => {
    const definition = defineJob({ name: 'ring-bell', payload: rung });
    const heard: string[] = [];
    await jobs.work([implementJob(definition, async ({ payload }) => void heard.push(payload.bell))]);

    await kitchen
      .transaction(async (manager) => {
        await jobs.send(manager, definition, { bell: 'undone' });
        throw new Error('the soup burnt');
      })
      .catch(() => undefined);
    await kitchen.transaction((manager) => jobs.send(manager, definition, { bell: 'done' }));

    await until(() => heard.length > 0);
    expect(heard).toEqual(['done']);
  });

  it('is refused with a payload that it cannot read, and nothing is enqueued', async () => {
    const definition = defineJob({ name: 'weigh-flour', payload: z.object({ grams: z.number() }) });

    await expect(jobs.send(kitchen.manager, definition, { grams: 'many' as never })).rejects.toThrow();

    expect(await waiting('weigh-flour')).toEqual([{ count: 0 }]);
  });

  it('is tried again after a failure, and knows which try is the last', async () => {
    const definition = defineJob({ name: 'light-stove', payload: rung, retries: 1, retrySeconds: 1, pollSeconds: 0.5 });
    const tries: [number, boolean][] = [];
    await jobs.work([
      implementJob(definition, async ({ attempt, isLastAttempt }) => {
        tries.push([attempt, isLastAttempt]);
        if (attempt === 1) throw new Error('no match');
      }),
    ]);

    await jobs.send(kitchen.manager, definition, { bell: '' });

    await until(() => tries.length === 2);
    expect(tries).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it('follows at once on another of its queue', async () => {
    const definition = defineJob({ name: 'crack-eggs', payload: rung, pollSeconds: 60 });
    const heard: string[] = [];
    const bells = Array.from({ length: 8 }, (_, i) => `egg ${i}`);
    await jobs.work([implementJob(definition, async ({ payload }) => void heard.push(payload.bell))]);

    await kitchen.transaction(async (manager) => {
      for (const bell of bells) await jobs.send(manager, definition, { bell });
    });

    await until(() => heard.length === bells.length);
    expect(heard.toSorted()).toEqual(bells);
  });

  it('comes together with others that wait', async () => {
    const definition = defineJob({ name: 'wash-plates', payload: rung, batchSize: 10 });
    const batches: string[][] = [];
    await kitchen.transaction(async (manager) => {
      for (const bell of ['a', 'b', 'c']) await jobs.send(manager, definition, { bell });
    });

    await jobs.work([
      implementBatchJob(definition, async (plates) => void batches.push(plates.map(({ payload }) => payload.bell))),
    ]);

    await until(() => batches.length > 0);
    expect(batches.map((bells) => bells.toSorted())).toEqual([['a', 'b', 'c']]);
  });

  it('that fails beside others is tried again alone', async () => {
    const definition = defineJob({
      name: 'peel-onions',
      payload: rung,
      batchSize: 10,
      retrySeconds: 1,
      pollSeconds: 0.5,
    });
    const peeled: string[] = [];
    let isTearful = true;
    await kitchen.transaction(async (manager) => {
      for (const bell of ['a', 'b', 'c']) await jobs.send(manager, definition, { bell });
    });

    await jobs.work([
      implementJob(definition, async ({ payload: { bell }, attempt }) => {
        peeled.push(`${bell}${attempt}`);
        if (bell !== 'b' || !isTearful) return;
        isTearful = false;
        throw new Error('tears');
      }),
    ]);

    await until(() => peeled.includes('b2'));
    expect(peeled.toSorted()).toEqual(['a1', 'b1', 'b2', 'c1']);
  });
});

describe('an event', () => {
  it('comes to each of its subscribers, with one id, in the transaction that made it true', async () => {
    const heard: { who: string; id: string; data: unknown }[] = [];
    const subscriber = (name: string): JobImplementation =>
      implementJob(defineJob({ name, on: 'BellRung', payload: eventPayload(rung) }), async ({ payload }) => {
        heard.push({ who: name, id: payload.id, data: payload.data });
      });
    await jobs.work([subscriber('open-door'), subscriber('wake-dog')]);

    await kitchen.transaction((manager) => jobs.publish(manager, bellRung, { bell: 'front' }));

    await until(() => heard.length === 2);
    expect(heard.map(({ who }) => who).toSorted()).toEqual(['open-door', 'wake-dog']);
    expect(new Set(heard.map(({ id }) => id)).size).toBe(1);
    expect(heard[0]?.data).toEqual({ bell: 'front' });
  });

  it('goes nowhere while nobody subscribes', async () => {
    const unheard = defineEvent({ type: 'TreeFell', version: 1, data: rung });

    await jobs.publish(kitchen.manager, unheard, { bell: 'forest' });

    expect(await waiting('TreeFell')).toEqual([{ count: 0 }]);
  });
});

describe('the role of a subgraph', () => {
  it.each([
    'SELECT data FROM jobs.job',
    'SELECT data FROM jobs.job_common',
    'DELETE FROM jobs.job_common',
    `UPDATE jobs.job_common SET data = '{}'`,
    'DELETE FROM jobs.queue',
  ])('may not run %s', async (sql) => {
    await expect(kitchen.query(sql)).rejects.toThrow('permission denied');
  });
});
