import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';
import { Syncing } from './sync-harness.ts';

/** Takes a subgraph's own table from it, so that whatever it does there fails; and gives it back. */
const faults = {
  catalog: ['products', 'catalog'],
  inventory: ['warehouse_stocks', 'inventory'],
} as const;
type Subgraph = keyof typeof faults;

const goods = (prefix: string) =>
  ['1', '2', '3'].map((n) => ({ sku: `${prefix}${n}`, name: `Товар ${n}`, price: n, stockQuantity: n }));

describe.each(modes)('a sync while a subgraph fails, %s', (mode) => {
  let graph: TestGraph;
  let sync: Syncing;
  beforeAll(async () => {
    graph = await startTestGraph(mode);
    sync = new Syncing(graph);
    await sync.goods([{ sku: 'warm', name: 'x', stockQuantity: 1 }]);
  });
  afterAll(() => graph.stop());
  const grant = (verb: string, subgraph: Subgraph) => {
    const [table, schema] = faults[subgraph];
    const direction = verb === 'GRANT' ? 'TO' : 'FROM';
    return graph.database.query(
      `${verb} SELECT, INSERT, UPDATE, DELETE ON ${schema}.${table} ${direction} gastronom_${subgraph}`,
    );
  };
  const fail = (subgraph: Subgraph) => grant('REVOKE', subgraph);
  const mend = (subgraph: Subgraph) => grant('GRANT', subgraph);

  const send = (prefix: string, key?: string) =>
    sync.do('syncProducts', { input: { source: '1c', idempotencyKey: key, items: goods(prefix) } });
  const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(({ code }) => code);

  it.each([undefined, 'a-key'])(
    'says that the catalogue did not take it; the same call heals it (key %s)',
    async (key) => {
      const prefix = `c${key ?? ''}`;
      await fail('catalog');
      const failed = await send(prefix, key);
      await mend('catalog');
      const healed = await send(prefix, key);
      const again = await send(prefix, key);

      expect(codes(failed)).toEqual(['CATALOG_UNAVAILABLE']);
      expect(failed.run).toMatchObject({ status: 'FAILED', failedBatches: 1, counts: { received: 3, rejected: 3 } });
      expect(healed).toMatchObject({ replayed: false, userErrors: [], run: { id: failed.run.id, status: 'FINISHED' } });
      expect(healed.run.counts).toMatchObject({ received: 3, created: 3, rejected: 0 });
      expect(again).toEqual({ ...healed, replayed: true });
    },
  );

  it('says that inventory did not take it; goods are there, and the same call brings their stock', async () => {
    await fail('inventory');
    const failed = await send('i');
    const during = await graph.database.query(`SELECT count(*)::int AS n FROM catalog.products WHERE sku LIKE 'i_'`);
    await mend('inventory');
    const healed = await send('i');

    expect(codes(failed)).toEqual(['INVENTORY_UNAVAILABLE']);
    expect(failed.results[0]).toMatchObject({
      outcome: 'CREATED',
      errors: [{ code: 'NOT_APPLIED', field: 'stockQuantity' }],
    });
    expect(during).toEqual([{ n: 3 }]);
    expect(healed.run).toMatchObject({ status: 'FINISHED', counts: { received: 3, created: 3 } });
    expect(await sync.do('product', { sku: 'i3' })).toMatchObject({ stock: [{ quantity: 3 }] });
  });

  it('brings stock that was parked under a barcode to goods that came while inventory failed', async () => {
    await sync.counts([{ barcode: '4600', quantity: 4 }]);
    await fail('inventory');
    await sync.goods([{ sku: 'p1', barcode: '4600', name: 'x' }]);
    await mend('inventory');

    await sync.counts([{ sku: 'warm', quantity: 9 }]);

    expect(await sync.do('product', { sku: 'p1' })).toMatchObject({ stock: [{ quantity: 4, parked: false }] });
  });

  it('ends a snapshot later, when the subgraph is back', async () => {
    const { id: runId } = await sync.do('startSync', { source: 'snap', mode: 'SNAPSHOT' });
    await sync.goods(goods('s'), { source: 'snap', runId });
    await fail('catalog');
    const { errors } = await sync.ask('finishSync', { runId });
    await mend('catalog');

    const finished = await sync.do('finishSync', { runId });

    expect(errors?.[0].extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', status: 503 });
    expect(finished.status).toBe('FINISHED');
  });
});
