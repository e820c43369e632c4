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
    await ask();
    await allow(0);
    await dropOthers();

    await expect(subgraph.transport.ready()).rejects.toThrow();
    const away = await ask();
    await allow(-1);
    const back = await ask();

    expect(away.errors?.[0]).toMatchObject({
      message: 'The accounts subgraph cannot reach its database. Try again soon.',
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    });
    expect(back).toEqual({ data: { me: null }, errors: undefined });
    await expect(subgraph.transport.ready()).resolves.toBeUndefined();
  });
});
