import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataSource, QueryFailedError } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { readQuickly } from './read-quickly.ts';
import { subgraphDataSource, subgraphUrl } from './subgraph-database.ts';

let database: TestDatabase;
const open: DataSource[] = [];

async function connect(options: { readonly poolSize?: number; readonly isPooled?: boolean } = {}): Promise<DataSource> {
  const url = subgraphUrl(database.ownerUrl, database.secret, 'accounts');
  const nothing = { name: 'accounts', entities: [], migrations: [] };
  const dataSource = await subgraphDataSource(nothing, { url, poolSize: 8, ...options });
  open.push(dataSource);
  return dataSource;
}

let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await connect();
});
afterAll(async () => {
  for (const one of open) if (one.isInitialized) await one.destroy();
  await database.drop();
});

type Answer = { readonly number: number; readonly pid: number };
const text = 'SELECT $1::int AS number, pg_backend_pid() AS pid';
const read = (number: number, from = dataSource) => readQuickly<Answer[]>(from.manager, text, [number]);
const readMany = (count: number, from = dataSource) =>
  Promise.all(Array.from({ length: count }, (_, number) => read(number, from)));
const connectionsOf = (answers: readonly Answer[][]) => new Set(answers.flat().map(({ pid }) => pid)).size;

describe('quick reads', () => {
  it('are answered each with its own, over two connections', async () => {
    await readMany(1);

    const answers = await readMany(500);

    expect(answers.map(([answer]) => answer?.number)).toEqual(Array.from({ length: 500 }, (_, number) => number));
    expect(connectionsOf((await readMany(16)).concat(await readMany(16)))).toBe(2);
  });

  it('fail alone, and say why', async () => {
    const parts = [1, 0, 2, 0, 4].map((by) =>
      readQuickly<{ part: number }[]>(dataSource.manager, 'SELECT 12 / $1::int AS part', [by]),
    );

    const settled = await Promise.allSettled(parts);

    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    await expect(parts[1]).rejects.toThrow(QueryFailedError);
    await expect(parts[1]).rejects.toMatchObject({ code: '22012', message: 'division by zero', parameters: [0] });
    expect(await parts[4]).toEqual([{ part: 3 }]);
  });

  it('may not write, nor lock', async () => {
    const made = readQuickly(dataSource.manager, 'CREATE TABLE made (id integer)', []);
    const locked = readQuickly(dataSource.manager, 'SELECT FROM users FOR UPDATE', []);

    await expect(made).rejects.toMatchObject({ code: '25006' });
    await expect(locked).rejects.toMatchObject({ code: '25006' });
  });

  it('are answered, though their connections end', async () => {
    const pids = [...new Set((await readMany(16)).flat().map(({ pid }) => pid))];

    const answers = readMany(16);
    await dataSource.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]);
    await answers;
    const after = await readMany(200);

    expect((await answers).map(([answer]) => answer?.number)).toEqual(
      Array.from({ length: 16 }, (_, number) => number),
    );
    expect(after.map(([answer]) => answer?.number)).toEqual(Array.from({ length: 200 }, (_, number) => number));
    expect(after.flat().some(({ pid }) => pids.includes(pid))).toBe(false);
  });

  it('do not wait for one that is held up', async () => {
    const holder = dataSource.createQueryRunner();
    await holder.query('SELECT pg_advisory_lock(77)');
    const heldUp = readQuickly<{ held: string }[]>(
      dataSource.manager,
      `SELECT 'no more' AS held FROM pg_advisory_xact_lock_shared($1::int)`,
      [77],
    );
    // A connection counts as held up when it has answered nothing for 50 ms.
    await sleep(200);

    const answers = await readMany(100);
    await holder.query('SELECT pg_advisory_unlock(77)');
    await holder.release();

    expect(answers).toHaveLength(100);
    expect(await heldUp).toEqual([{ held: 'no more' }]);
  });

  it('are part of their transaction', async () => {
    await dataSource.transaction(async (manager) => {
      const [{ pid }] = await manager.query('SELECT pg_backend_pid() AS pid');

      const [answer] = await readQuickly<Answer[]>(manager, text, [1]);

      expect(answer).toEqual({ number: 1, pid });
    });
  });

  it.each([
    ['a pool of few', { poolSize: 3 }],
    ['a pooler', { poolSize: 6, isPooled: true }],
  ])('take connections of their own with %s', async (_, options) => {
    const own = await connect(options);

    const answers = await readMany(40, own);

    expect(answers.map(([answer]) => answer?.number)).toEqual(Array.from({ length: 40 }, (__, number) => number));
    expect(connectionsOf(answers)).toBe(options.poolSize);
  });

  it('leave no connection behind', async () => {
    const own = await connect();
    const pids = [...new Set((await readMany(100, own)).flat().map(({ pid }) => pid))];

    await own.destroy();

    const left = 'SELECT count(*)::int AS left FROM pg_stat_activity WHERE pid = ANY($1::int[])';
    let rows = await dataSource.query(left, [pids]);
    // PostgreSQL takes a moment to see that nobody is there.
    while (rows[0].left > 0) rows = await dataSource.query(left, [pids]);
    expect(pids.length).toBeGreaterThan(1);
  });
});
