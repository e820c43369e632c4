import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSyncGraph, type SyncGraph } from '../testing/sync-graph.ts';

let graph: SyncGraph;
let source: string;
let sources = 0;

beforeAll(async () => {
  graph = await createSyncGraph();
});
afterAll(() => graph.subgraph.close());
beforeEach(async () => {
  sources += 1;
  source = `feed-${sources}`;
  graph.catalog.fault = undefined;
  graph.inventory.fault = undefined;
  // The warehouses are known before anything fails.
  await graph.do('syncProducts', {
    input: { source: 'warm', items: [{ sku: `w${sources}`, name: 'w', stockQuantity: 1 }] },
  });
  graph.catalog.calls.length = 0;
  graph.inventory.calls.length = 0;
});

const goods = () => ({
  source,
  items: [
    { sku: `a-${source}`, name: 'Чай', stockQuantity: 5 },
    { sku: `b-${source}`, name: 'Кофе' },
    { sku: `c-${source}`, name: 'Соль', price: 'дорого' },
  ],
});
const rows = (answer: { results: { outcome: string; errors: { code: string; field: string }[] }[] }) =>
  answer.results.map(({ outcome, errors }) =>
    [outcome, ...errors.map(({ code, field }) => `${code} ${field}`)].join(' '),
  );

describe('when the catalogue does not take a batch', () => {
  it.each(['unavailable', 'fault', 'timeout'] as const)(
    '(%s) nothing counts as applied, and the same call heals it',
    async (fault) => {
      graph.catalog.fault = fault;
      const failed = await graph.do('syncProducts', { input: goods() });
      const during = await graph.do('rejectedRows', { id: failed.run.id });
      graph.catalog.fault = undefined;
      const healed = await graph.do('syncProducts', { input: goods() });
      const after = await graph.do('rejectedRows', { id: failed.run.id });

      expect(rows(failed)).toEqual([
        'REJECTED NOT_APPLIED null',
        'REJECTED NOT_APPLIED null',
        'REJECTED INVALID_NUMBER price',
      ]);
      expect(failed.userErrors).toEqual([expect.objectContaining({ code: 'CATALOG_UNAVAILABLE', field: [] })]);
      expect(failed.run).toMatchObject({
        status: 'FAILED',
        failedBatches: 1,
        failure: expect.stringMatching(/^CATALOG_UNAVAILABLE: /),
      });
      expect(during.rejectedRows.totalCount).toBe(3);
      expect(rows(healed)).toEqual(
        fault === 'timeout'
          ? ['UPDATED', 'UNCHANGED', 'REJECTED INVALID_NUMBER price']
          : ['CREATED', 'CREATED', 'REJECTED INVALID_NUMBER price'],
      );
      expect(healed).toMatchObject({ replayed: false, userErrors: [] });
      expect(healed.run).toMatchObject({ id: failed.run.id, status: 'FINISHED', failedBatches: 0, failure: null });
      expect(healed.run.counts).toMatchObject({ received: 3, rejected: 1 });
      expect(after.rejectedRows.totalCount).toBe(1);
      expect(await graph.do('syncProducts', { input: goods() })).toMatchObject({ replayed: true });
    },
  );

  it('stock is not applied to goods that nobody could match', async () => {
    graph.catalog.fault = 'unavailable';
    const input = {
      source,
      warehouse: '001',
      items: [
        { sku: 'x', quantity: 1 },
        { sku: 'y', quantity: 'x' },
      ],
    };

    const failed = await graph.do('syncStocks', { input });

    expect(rows(failed)).toEqual(['REJECTED NOT_APPLIED null', 'REJECTED INVALID_NUMBER quantity']);
    expect(failed.userErrors[0].code).toBe('CATALOG_UNAVAILABLE');
    expect(graph.inventory.calls).toEqual([]);
  });
});

describe('when inventory does not take a batch', () => {
  it('the goods are applied, their stock is not, and the same call heals it', async () => {
    graph.inventory.fault = 'unavailable';
    const failed = await graph.do('syncProducts', { input: goods() });
    graph.inventory.fault = undefined;
    graph.inventory.calls.length = 0;
    const healed = await graph.do('syncProducts', { input: goods() });

    expect(rows(failed)).toEqual(['CREATED NOT_APPLIED stockQuantity', 'CREATED', 'REJECTED INVALID_NUMBER price']);
    expect(failed.userErrors[0].code).toBe('INVENTORY_UNAVAILABLE');
    expect(failed.run).toMatchObject({ status: 'FAILED', counts: { created: 2, rejected: 1 } });
    // What the first attempt made, this call has made.
    expect(rows(healed)).toEqual(['CREATED', 'CREATED', 'REJECTED INVALID_NUMBER price']);
    expect(healed.run).toMatchObject({
      id: failed.run.id,
      status: 'FINISHED',
      counts: { received: 3, created: 2, rejected: 1 },
    });
    const [told] = graph.inventory.take('applyStocks');
    expect(told?.rows).toHaveLength(1);
    const appeared = [`a-${source}`, `b-${source}`].map((sku) => ({ sku, barcode: null, formerSku: null }));
    expect(told?.appeared).toEqual(appeared);
  });

  it('goods that it missed are told with the next batch, whichever that is', async () => {
    graph.inventory.fault = 'fault';
    await graph.do('syncProducts', { input: { source, items: [{ sku: `m-${source}`, name: 'x' }] } });
    graph.inventory.fault = undefined;
    graph.inventory.calls.length = 0;

    await graph.do('syncStocks', { input: { source, warehouse: '', items: [{ sku: 's', quantity: 1 }] } });
    await graph.do('syncStocks', { input: { source, warehouse: '', items: [{ sku: 's', quantity: 2 }] } });

    const told = graph.inventory.take('applyStocks').map(({ appeared }) => appeared);
    expect(told).toEqual([[{ sku: `m-${source}`, barcode: null, formerSku: null }], []]);
  });

  it('a fresh process that cannot read the warehouses still applies the goods', async () => {
    const fresh = await createSyncGraph();
    fresh.inventory.fault = 'unavailable';
    const failed = await fresh.do('syncProducts', { input: goods() });
    const stocks = await fresh.do('syncStocks', {
      input: { source, warehouse: '001', items: [{ sku: 'x', quantity: 1 }] },
    });
    fresh.inventory.fault = undefined;
    const healed = await fresh.do('syncProducts', { input: goods() });
    await fresh.subgraph.close();

    expect(rows(failed)).toEqual(['CREATED NOT_APPLIED stockQuantity', 'CREATED', 'REJECTED INVALID_NUMBER price']);
    expect(rows(stocks)).toEqual(['REJECTED NOT_APPLIED null']);
    expect(rows(healed)).toEqual(['CREATED', 'CREATED', 'REJECTED INVALID_NUMBER price']);
    expect(healed.run.status).toBe('FINISHED');
  });
});

describe('a batch that failed', () => {
  it('with a key is healed at its own time: what came between is newer', async () => {
    const input = { source, idempotencyKey: 'k', items: [{ sku: `k-${source}`, name: 'old' }] };
    graph.catalog.fault = 'unavailable';
    await graph.do('syncProducts', { input });
    graph.catalog.fault = undefined;
    await graph.do('syncProducts', { input: { source, items: [{ sku: `k-${source}`, name: 'new' }] } });

    const healed = await graph.do('syncProducts', { input });

    expect(rows(healed)).toEqual(['STALE']);
    expect(healed.run.status).toBe('FINISHED');
  });

  it('without a key is healed as of now, whatever came between, and counts as newer than that', async () => {
    const run = await graph.do('startSync', { source, mode: 'SNAPSHOT' });
    const part = (name: string) => ({ source, runId: run.id, items: [{ sku: `n-${source}`, name }] });
    graph.catalog.fault = 'unavailable';
    await graph.do('syncProducts', { input: part('a') });
    graph.catalog.fault = undefined;

    const seen = [];
    for (const name of ['b', 'a', 'b', 'b']) seen.push(await graph.do('syncProducts', { input: part(name) }));
    const finished = await graph.do('syncRun', { id: run.id });

    expect(seen.map(rows)).toEqual([['CREATED'], ['UPDATED'], ['UPDATED'], ['UPDATED']]);
    expect(seen.map(({ replayed }) => replayed)).toEqual([false, false, false, true]);
    expect(finished).toMatchObject({ failedBatches: 0, counts: { received: 3 } });
  });

  it('in a run keeps a snapshot from its end, and names itself', async () => {
    const run = await graph.do('startSync', { source, mode: 'SNAPSHOT' });
    const input = { ...goods(), runId: run.id, idempotencyKey: 'part-1' };
    graph.catalog.fault = 'unavailable';
    await graph.do('syncProducts', { input });
    graph.catalog.fault = undefined;

    const { errors } = await graph.ask('finishSync', { runId: run.id });
    await graph.do('syncProducts', { input });
    const finished = await graph.do('finishSync', { runId: run.id });

    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'CONFLICT' },
      message: expect.stringMatching(/3 rows of PRODUCTS at .* with the key "part-1"/),
    });
    expect(['FINISHED', 'HELD']).toContain(finished.status);
  });

  it('makes its DELTA run FAILED at the end, and healed after it, FINISHED', async () => {
    const run = await graph.do('startSync', { source, mode: 'DELTA' });
    const parts = [1, 2].map((n) => ({ source, runId: run.id, items: [{ sku: `${source}-${n}`, name: 'x' }] }));
    graph.catalog.fault = 'unavailable';
    for (const input of parts) await graph.do('syncProducts', { input });
    graph.catalog.fault = undefined;

    const finished = await graph.do('finishSync', { runId: run.id });
    const healed = await Promise.all(parts.map((input) => graph.do('syncProducts', { input })));
    const late = await graph.ask('syncProducts', { input: { ...parts[0], items: [] } });

    expect(finished).toMatchObject({ status: 'FAILED', failedBatches: 2 });
    expect(healed.flatMap(rows)).toEqual(['CREATED', 'CREATED']);
    expect(await graph.do('syncRun', { id: run.id })).toMatchObject({
      status: 'FINISHED',
      failedBatches: 0,
      counts: { created: 2 },
    });
    expect(late.errors?.[0]?.extensions?.code).toBe('CONFLICT');
  });
});
