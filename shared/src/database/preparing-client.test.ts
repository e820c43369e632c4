import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { isPooled, subgraphDataSource, subgraphUrl } from './subgraph-database.ts';

let database: TestDatabase;
const open: DataSource[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const dataSource of open) await dataSource.destroy();
  await database.drop();
});

async function connect(options: { readonly isPooled?: boolean } = {}): Promise<DataSource> {
  const url = subgraphUrl(database.ownerUrl, database.secret, 'accounts');
  const dataSource = await subgraphDataSource(
    { name: 'accounts', entities: [], migrations: [] },
    { url, poolSize: 1, ...options },
  );
  open.push(dataSource);
  return dataSource;
}

const preparedOn = async (dataSource: DataSource, text: string) =>
  (await dataSource.query('SELECT statement FROM pg_prepared_statements')).filter(
    ({ statement }: { statement: string }) => statement === text,
  ).length;

describe('a connection', () => {
  it('prepares what it is asked often, once, and answers the same', async () => {
    const dataSource = await connect();
    const text = 'SELECT $1::int + 1 AS next';

    const answers: number[] = [];
    for (let turn = 1; turn <= 8; turn += 1) answers.push((await dataSource.query(text, [turn]))[0].next);

    expect(answers).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await preparedOn(dataSource, text)).toBe(1);
  });

  it('goes on where a prepared statement fails, and in transactions that were rolled back', async () => {
    const dataSource = await connect();
    const text = 'SELECT 12 / $1::int AS part';
    for (let turn = 1; turn <= 4; turn += 1) await dataSource.query(text, [turn]);

    await expect(dataSource.transaction((manager) => manager.query(text, [0]))).rejects.toThrow('division by zero');

    expect(await dataSource.query(text, [3])).toEqual([{ part: 4 }]);
  });

  it('keeps half of the places for what comes very often', async () => {
    const dataSource = await connect();
    const asked = (text: string, times: number) =>
      Array.from({ length: times }).reduce<Promise<unknown>>(
        (before) => before.then(() => dataSource.query(text, [1])),
        Promise.resolve(),
      );
    for (let number = 0; number < 260; number += 1) await asked(`SELECT $1::int + ${number} AS sum`, 3);

    const often = 'SELECT $1::int AS often';
    await asked(often, 99);
    const [{ early }] = await dataSource.query('SELECT count(*)::int AS early FROM pg_prepared_statements');
    const before = await preparedOn(dataSource, often);
    await asked(often, 1);

    expect([early, before, await preparedOn(dataSource, often)]).toEqual([250, 0, 1]);
  });

  it('prepares nothing through a pooler, which gives each transaction another', async () => {
    const dataSource = await connect({ isPooled: true });
    const text = 'SELECT $1::int + 2 AS next';

    for (let turn = 1; turn <= 8; turn += 1) await dataSource.query(text, [turn]);

    expect(await preparedOn(dataSource, text)).toBe(0);
    expect(isPooled('postgres://pooler/app', 'postgres://database/app')).toBe(true);
    expect(isPooled('postgres://database/app', 'postgres://database/app')).toBe(false);
    expect(isPooled('postgres://database/app', undefined)).toBe(false);
  });
});
