import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accounts } from './subgraph.ts';

describe('a subgraph whose database is away', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await createTestSubgraph(accounts);
  });
  afterAll(() => subgraph.close());

  const allow = (connections: number) =>
    subgraph.ownerQuery(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT ${connections}', current_database()); END $$`,
    );
  const dropOthers = () =>
    subgraph.ownerQuery(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
  const ask = () => subgraph.execute('{ me { id } }', {}, viewers.customer);

  it('says so, is not ready, and serves again once it is back', async () => {
    await Promise.all(Array.from({ length: 10 }, ask));
    await allow(0);
    await dropOthers();

    // The pool's connections die one after another: each is met in the midst of it or after.
    const away = await Promise.all(Array.from({ length: 20 }, ask));
    await expect(subgraph.transport.ready()).rejects.toThrow();
    await allow(-1);
    const back = await ask();

    expect(new Set(away.map(({ errors }) => `${errors?.[0]?.extensions?.code}: ${errors?.[0]?.message}`))).toEqual(
      new Set(['SUBGRAPH_UNAVAILABLE: The accounts subgraph cannot reach its database. Try again soon.']),
    );
    expect(back).toEqual({ data: { me: null }, errors: undefined });
    await expect(subgraph.transport.ready()).resolves.toBeUndefined();
  });
});
