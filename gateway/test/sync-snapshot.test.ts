import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from './harness.ts';
import { Syncing } from './sync-harness.ts';

describe('a snapshot', () => {
  let graph: TestGraph;
  let sync: Syncing;
  let source: string;
  let feeds = 0;

  beforeAll(async () => {
    graph = await startTestGraph();
    sync = new Syncing(graph);
  });
  afterAll(() => graph.stop());
  beforeEach(async () => {
    feeds += 1;
    source = `feed-${feeds}`;
    await sync.goods(goods(0, 10), { source });
    await sync.goods([{ sku: `other-${feeds}`, name: 'Другой источник', stockQuantity: 3 }], { source: 'other' });
  });

  const goods = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => ({
      sku: `${feeds}-${from + n}`,
      barcode: `46${feeds}${from + n}`,
      name: `Товар ${from + n}`,
      stockQuantity: 5,
    }));
  const begin = async (): Promise<string> => (await sync.do('startSync', { source, mode: 'SNAPSHOT' })).id;
  const quantities = () =>
    graph.database.query<{ sku: string; quantity: string }>(
      'SELECT product_sku AS sku, quantity::float AS quantity FROM inventory.warehouse_stocks WHERE source = $1 ORDER BY 1',
      [source],
    );
  const hidden = async () => {
    const rows = await graph.database.query<{ sku: string }>(
      `SELECT sku FROM catalog.products WHERE source = $1 AND hidden_reason = 'NOT_IN_SNAPSHOT' ORDER BY sku`,
      [source],
    );
    return rows.map(({ sku }) => sku);
  };

  it('hides and zeroes what its source brought and it did not mention, once', async () => {
    const runId = await begin();
    await sync.goods(goods(0, 5), { source, runId });
    await sync.goods(goods(5, 9), { source, runId });

    const ends = await Promise.all([1, 2, 3].map(() => sync.do('finishSync', { runId })));

    expect(new Set(ends.map((run) => JSON.stringify(run))).size).toBe(1);
    expect(ends[0]).toMatchObject({ status: 'FINISHED', counts: { received: 9, unchanged: 9, hidden: 1, zeroed: 1 } });
    expect(await hidden()).toEqual([`${feeds}-9`]);
    expect((await quantities()).filter(({ quantity }) => Number(quantity) === 0)).toEqual([
      { sku: `${feeds}-9`, quantity: 0 },
    ]);
    expect(await sync.do('product', { sku: `other-${feeds}` })).toMatchObject({
      isAvailable: true,
      stock: [{ quantity: 3 }],
    });
    const again = await sync.goods([{ ...goods(9, 10)[0], name: 'Товар 9' }], { source });
    expect(again).toEqual(['UPDATED']);
    expect(await hidden()).toEqual([]);
  });

  it('takes no row that it could not read for a sign that goods are gone', async () => {
    const runId = await begin();
    const [bad, badByBarcode] = goods(8, 10);
    await sync.goods([...goods(0, 8), { ...bad, price: 'дорого' }, { ...badByBarcode, sku: null, price: 'дорого' }], {
      source,
      runId,
    });

    const finished = await sync.do('finishSync', { runId });

    expect(finished).toMatchObject({ status: 'FINISHED', counts: { rejected: 2, hidden: 0, zeroed: 0 } });
    expect(await hidden()).toEqual([]);
    expect((await quantities()).every(({ quantity }) => Number(quantity) === 5)).toBe(true);
  });

  it('is held over the share, does nothing until an admin approves, and then all of it', async () => {
    const runId = await begin();
    await sync.goods(goods(0, 7), { source, runId });
    const before = await sync.written('catalog.products', 'inventory.warehouse_stocks');

    const held = await sync.do('finishSync', { runId });
    const refused = await Promise.all(
      (['customer', 'staff', 'service'] as const).map((who) => sync.ask('approveSync', { runId }, who)),
    );
    const untouched = await sync.written('catalog.products', 'inventory.warehouse_stocks');
    const approved = await sync.do('approveSync', { runId });

    expect(held).toMatchObject({ status: 'HELD', finishedAt: null, counts: { hidden: 3, zeroed: 3 } });
    expect(held.heldBecause).toBe(
      'It would hide 3 of 10 goods (30 %) and set 3 of 10 stock rows to zero (30 %); more than 20 % needs an admin’s approval.',
    );
    expect(refused.map(({ errors }) => errors?.[0].extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(untouched).toEqual(before);
    expect(approved).toMatchObject({ status: 'FINISHED', counts: { hidden: 3, zeroed: 3 } });
    expect(await hidden()).toEqual([7, 8, 9].map((n) => `${feeds}-${n}`));
  });

  it('that is cancelled leaves everything as its batches made it', async () => {
    const runId = await begin();
    await sync.goods(goods(0, 2), { source, runId });
    await sync.do('finishSync', { runId });
    const before = await sync.written('catalog.products', 'inventory.warehouse_stocks');

    const cancelled = await sync.do('cancelSync', { runId }, 'staff');

    expect(cancelled).toMatchObject({ status: 'CANCELLED', counts: { received: 2, hidden: 0, zeroed: 0 } });
    expect(await sync.written('catalog.products', 'inventory.warehouse_stocks')).toEqual(before);
  });

  it('leaves alone what was seen after it began', async () => {
    const runId = await begin();
    await sync.goods(goods(0, 8), { source, runId });
    await sync.counts([{ sku: `${feeds}-9`, quantity: 7 }], { source });
    await sync.goods(goods(8, 9), { source });

    const finished = await sync.do('finishSync', { runId });

    expect(finished).toMatchObject({ status: 'FINISHED', counts: { hidden: 1, zeroed: 0 } });
    expect(await hidden()).toEqual([`${feeds}-9`]);
    expect((await quantities()).find(({ sku }) => sku === `${feeds}-9`)).toMatchObject({ quantity: 7 });
  });

  it('of stock alone hides nothing, and zeroes in the warehouses that it speaks of', async () => {
    const externalId = `w-${source}`;
    await sync.do('syncWarehouses', { input: { source, items: [{ externalId, name: 'Второй' }] } });
    await sync.counts([{ sku: `${feeds}-0`, quantity: 2 }], { source, warehouse: externalId });
    const runId = await begin();
    await sync.counts(
      goods(0, 9).map(({ sku }) => ({ sku, quantity: 5 })),
      { source, runId },
    );

    const finished = await sync.do('finishSync', { runId });

    expect(finished).toMatchObject({ status: 'FINISHED', counts: { hidden: 0, zeroed: 1 } });
    expect(await hidden()).toEqual([]);
    const elsewhere = await sync.do('product', { sku: `${feeds}-0` });
    expect(elsewhere.stock.map(({ quantity }: never) => quantity)).toEqual([5, 2]);
  });
});
