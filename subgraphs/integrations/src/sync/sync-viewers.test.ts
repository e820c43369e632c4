import { randomUUID } from 'node:crypto';
import { encodeCursor } from '@gastronom/shared/cursor';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSyncGraph, type SyncGraph, type SyncOperation } from '../testing/sync-graph.ts';

let graph: SyncGraph;

beforeAll(async () => {
  graph = await createSyncGraph();
});
afterAll(() => graph.subgraph.close());
beforeEach(() => {
  graph.catalog.fault = undefined;
  graph.inventory.fault = undefined;
  graph.catalog.calls.length = 0;
  graph.inventory.calls.length = 0;
  graph.catalog.goods.clear();
  graph.inventory.stock.clear();
});

const source = '1c';
const send = (runId: string | null, items: object[]) =>
  graph.do('syncProducts', { input: { source, runId, items, idempotencyKey: runId ? null : randomUUID() } });
const codeOf = async (operation: SyncOperation, variables: object) =>
  (await graph.ask(operation, variables)).errors?.[0]?.extensions?.code;
const nowhere = '00000000-0000-4000-8000-000000000000';

describe('the list of runs', () => {
  it('is read newest first, by source and status, page by page, in as many statements however many runs', async () => {
    const feed = 'paged';
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) ids.unshift((await graph.do('startSync', { source: feed, mode: 'DELTA' })).id);
    await graph.do('cancelSync', { runId: ids[4] });
    graph.subgraph.statements();

    const first = await graph.do('syncRuns', { first: 3, source: feed });
    const statements = graph.subgraph.statements();
    const second = await graph.do('syncRuns', { first: 3, source: feed, after: first.pageInfo.endCursor });
    const running = await graph.do('syncRuns', { source: feed, status: 'RUNNING' });

    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(ids);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect([first.totalCount, running.totalCount, running.nodes.length]).toEqual([5, 4, 4]);
    expect(statements).toHaveLength(3);
    expect(await codeOf('syncRuns', { source: 'other', after: first.pageInfo.endCursor })).toBe('BAD_CURSOR');
    expect(await codeOf('syncRuns', { first: 101 })).toBe('BAD_USER_INPUT');
    expect(await codeOf('syncRuns', { source: '\u0000' })).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['sync-runs::', ['yesterday', nowhere]],
    ['sync-runs::', ['2026-01-14T09:30:00.000Z', 'x']],
    ['sync-runs::', [1, 2]],
    ['sync-runs::', []],
    ['rejected-rows', ['1; DROP TABLE sync_runs']],
  ])('refuses a cursor that was made up: %s %j', async (sort, values) => {
    const after = encodeCursor(sort, values);
    const { run } = await send(null, []);

    const [operation, variables] =
      sort === 'rejected-rows'
        ? (['rejectedRows', { id: run.id, after }] as const)
        : (['syncRuns', { after }] as const);

    expect(await codeOf(operation, variables)).toBe('BAD_CURSOR');
  });

  it('knows no run under an id that is none', async () => {
    expect(await graph.do('syncRun', { id: 'x' })).toBeNull();
    expect(await graph.do('syncRun', { id: nowhere })).toBeNull();
  });

  it('pages through rejected rows in the order in which they came', async () => {
    const { run } = await send(
      null,
      Array.from({ length: 5 }, (_, i) => ({ sku: `${i}`, name: '' })),
    );

    const first = (await graph.do('rejectedRows', { id: run.id, first: 3 })).rejectedRows;
    const second = (await graph.do('rejectedRows', { id: run.id, first: 3, after: first.pageInfo.endCursor }))
      .rejectedRows;

    expect([...first.nodes, ...second.nodes].map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(first.totalCount).toBe(5);
  });
});

describe('who may', () => {
  const names = ['anonymous', 'customer', 'staff', 'admin', 'service', 'internal'] as const;
  const batch = { source, items: [] };
  const cases: [SyncOperation, object, string[]][] = [
    ['syncProducts', { input: batch }, ['service']],
    ['syncStocks', { input: { ...batch, warehouse: '' } }, ['service']],
    ['syncCategories', { input: batch }, ['service']],
    ['syncWarehouses', { input: batch }, ['service']],
    ['startSync', { source, mode: 'DELTA' }, ['service']],
    ['finishSync', { runId: nowhere }, ['service']],
    ['cancelSync', { runId: nowhere }, ['staff', 'admin', 'service']],
    ['approveSync', { runId: nowhere }, ['admin']],
    ['syncRun', { id: nowhere }, ['staff', 'admin', 'service']],
    ['syncRuns', {}, ['staff', 'admin', 'service']],
  ];

  it.each(cases)('%s: %j', async (operation, variables, allowed) => {
    const before = await graph.records();
    for (const name of names.filter((viewer) => !allowed.includes(viewer))) {
      const { errors } = await graph.ask(operation, variables, viewers[name]);
      expect([name, errors?.[0]?.extensions?.code]).toEqual([
        name,
        name === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN',
      ]);
    }
    const stranger = { ...viewers.service, scopes: ['other'] };
    expect((await graph.ask(operation, variables, stranger)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect(await graph.records()).toEqual(before);
    for (const name of allowed) {
      const { errors } = await graph.ask(operation, variables, viewers[name as 'staff']);
      expect([undefined, 'NOT_FOUND']).toContain(errors?.[0]?.extensions?.code);
    }
  });
});
