import { encodeCursor } from '@gastronom/shared/cursor';
import { localBroadcast } from '@gastronom/shared/redis/broadcast';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createIntegrationsContext } from '../context.ts';
import { readIntegrationsSettings } from '../env.ts';
import { items, OneCGraph, operations } from '../testing/one-c-graph.ts';
import { createForgetDeliveries } from './forget-deliveries.job.ts';

let shop: OneCGraph;

beforeAll(async () => {
  shop = await OneCGraph.open();
});
afterAll(() => shop.subgraph.close());

const callback = (code: string, warehouse = '1') => ({ warehouse_id_1c: warehouse, items: items({ [code]: 1 }) });

describe('what 1C sent', () => {
  it('is read newest first, page by page, in as many statements however many deliveries', async () => {
    const ids: string[] = [];
    for (const code of ['a', 'b', 'c', 'd']) ids.unshift((await shop.bring(callback(code))).id);
    const failed = await shop.bring(callback('e', 'nowhere'));
    shop.subgraph.statements();

    const first = await shop.do('list', { first: 3 });
    const statements = shop.subgraph.statements().filter((sql) => !sql.includes('FROM jobs.'));
    const second = await shop.do('list', { first: 3, after: first.pageInfo.endCursor });
    const one = await shop.do('list', { status: 'FAILED' });

    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual([failed.id, ...ids]);
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([5, true, false]);
    expect(one.nodes.map(({ id }: { id: string }) => id)).toEqual([failed.id]);
    expect(one.nodes[0].body).toBe(JSON.stringify(callback('e', 'nowhere')));
    // The list, its count, the runs and their counts, the bodies, and the rejected rows of each run.
    expect(statements.length).toBeLessThanOrEqual(5 + first.nodes.length);
    const other = await shop.subgraph.execute(
      operations.list,
      { status: 'FAILED', after: first.pageInfo.endCursor },
      viewers.admin,
    );
    expect(other.errors?.[0]?.extensions?.code).toBe('BAD_CURSOR');
  });

  it('refuses a cursor that was made up', async () => {
    const after = encodeCursor('one-c-deliveries:', ['1; DROP TABLE']);
    const { errors } = await shop.subgraph.execute(operations.list, { after }, viewers.admin);

    expect(errors?.[0]?.extensions?.code).toBe('BAD_CURSOR');
  });

  describe.each(['list', 'one', 'replay'] as const)('by %s', (operation) => {
    it.each([
      ['anonymous', 'UNAUTHENTICATED'],
      ['customer', 'FORBIDDEN'],
      ['staff', 'FORBIDDEN'],
      ['service', 'FORBIDDEN'],
      ['internal', 'FORBIDDEN'],
      ['admin', undefined],
    ] as const)('answers %s with %s', async (viewer, code) => {
      const { errors } = await shop.subgraph.execute(operations[operation], { id: '1' }, viewers[viewer]);

      expect(errors?.[0]?.extensions?.code).toBe(code);
    });
  });

  it('is forgotten after a while, and after longer where it was not applied; snapshots that wait are broken off', async () => {
    const part = { ...callback('p'), mode: 'snapshot', complete: false, observed_at: '2026-01-01T00:00:00Z' };
    const waiting = await shop.bring(part);
    const age = (days: number, where: string) =>
      shop.subgraph.ownerQuery(
        `UPDATE integrations.one_c_deliveries SET received_at = now() - make_interval(days => $1) WHERE ${where}`,
        [days],
      );
    await shop.subgraph.ownerQuery(
      `UPDATE integrations.sync_runs SET started_at = now() - interval '2 days' WHERE id = $1`,
      [waiting.run.id],
    );
    await age(11, `status IN ('APPLIED', 'FAILED') AND run_id IS DISTINCT FROM '${waiting.run.id}'`);
    await age(2, `run_id = '${waiting.run.id}'`);
    const environment = {
      dataSource: shop.subgraph.dataSource,
      subgraphs: () => shop.inventory.transport,
      jobs: shop.subgraph.jobs,
      broadcast: localBroadcast(),
      logger: shop.logger,
    };
    createIntegrationsContext(
      environment,
      readIntegrationsSettings({ ENVIRONMENT: 'test', ONE_C_DELIVERY_DAYS: '10' }),
    );
    const { run } = createForgetDeliveries(environment);
    const job = { id: 'j', payload: {}, attempt: 1, isLastAttempt: true, signal: new AbortController().signal };

    await run([job]);
    const kept = await shop.do('list', {});

    expect(
      kept.nodes.map(({ status, run: its }: { status: string; run: { status: string } | null }) => [
        status,
        its?.status,
      ]),
    ).toEqual([
      ['APPLIED', 'CANCELLED'],
      ['FAILED', undefined],
    ]);
  });
});
