import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';
import { at, Syncing } from './sync-harness.ts';

/** What a sync writes, and what a row that changes nothing must leave alone. */
const synced = ['catalog.products', 'catalog.categories', 'inventory.warehouse_stocks', 'inventory.stock_ledger'];

describe.each(modes)('a sync, %s', (mode) => {
  let graph: TestGraph;
  let sync: Syncing;
  let sku: string;
  let tests = 0;

  beforeAll(async () => {
    graph = await startTestGraph(mode);
    sync = new Syncing(graph);
  });
  afterAll(() => graph.stop());
  beforeEach(() => {
    tests += 1;
    sku = `000${tests}`;
  });

  const tea = (change: object = {}) => ({ sku, name: 'Чай &quot;Майский&quot;', price: '1 234,50', ...change });
  const product = () => sync.do('product', { sku });

  it('makes goods with their category, price and stock of what 1C printed', async () => {
    const item = tea({
      barcode: '4 607001 234567',
      categoryPath: ['Бакалея ', ' Чай'],
      stockQuantity: '12,500',
      warehouse: '1',
    });

    expect(await sync.goods([item])).toEqual(['CREATED']);

    expect(await product()).toEqual({
      sku,
      barcode: '4607001234567',
      name: 'Чай "Майский"',
      price: { amount: '1234.50', currencyCode: 'RUB' },
      isAvailable: true,
      category: { name: 'Чай' },
      stock: [{ quantity: 12.5, parked: false, warehouse: { externalId: '001' } }],
    });
  });

  it('leaves what is left out, and clears what is null', async () => {
    await sync.goods([tea({ barcode: `77${sku}`, categoryPath: ['A'] })]);

    expect(await sync.goods([{ sku, name: 'Чай' }])).toEqual(['UPDATED']);
    expect(await product()).toMatchObject({ name: 'Чай', barcode: `77${sku}`, price: { amount: '1234.50' } });
    expect(await sync.goods([{ sku, name: 'Чай', price: null, categoryPath: null }])).toEqual(['UPDATED']);
    expect(await product()).toMatchObject({ price: null, category: null, barcode: `77${sku}` });
  });

  it('writes nothing for rows that change nothing', async () => {
    const items = Array.from({ length: 50 }, (_, n) =>
      tea({ sku: `${sku}-${n}`, stockQuantity: n, categoryPath: ['A', 'B'] }),
    );
    const first = await sync.goods(items, { observedAt: at(0) });
    const before = await sync.written(...synced);

    const second = await sync.goods(items, { observedAt: at(1) });

    expect(new Set(first)).toEqual(new Set(['CREATED']));
    expect(new Set(second)).toEqual(new Set(['UNCHANGED']));
    const after = await sync.written(...synced);
    expect(after).toEqual(before);
  });

  it('skips what was seen earlier than what is stored, in goods and in stock', async () => {
    await sync.goods([tea({ price: 2, stockQuantity: 2 })], { observedAt: at(2) });

    expect(await sync.goods([tea({ price: 1, stockQuantity: 1 })], { observedAt: at(1) })).toEqual(['STALE']);
    expect(await sync.counts([{ sku, quantity: 1 }], { observedAt: at(1) })).toEqual(['STALE']);
    expect(await sync.counts([{ sku, quantity: 3 }], { observedAt: at(3) })).toEqual(['UPDATED']);
    expect(await product()).toMatchObject({ price: { amount: '2.00' }, stock: [{ quantity: 3 }] });
  });

  it('applies A, B, A when nothing says that they are the same calls', async () => {
    const a = [tea({ price: 1, stockQuantity: 1 })];
    const b = [tea({ price: 2, stockQuantity: 2 })];

    expect([await sync.goods(a), await sync.goods(b), await sync.goods(a)].flat()).toEqual([
      'CREATED',
      'UPDATED',
      'UPDATED',
    ]);
    expect(await product()).toMatchObject({ price: { amount: '1.00' }, stock: [{ quantity: 1 }] });
  });

  it('gives the first answer again for the same key, ten at once', async () => {
    const input = { source: '1c', idempotencyKey: randomUUID(), items: [tea({ stockQuantity: 1 }), { name: 'x' }] };

    const answers = await Promise.all(Array.from({ length: 10 }, () => sync.do('syncProducts', { input })));
    const before = await sync.written('integrations.sync_batches');
    const { errors } = await sync.ask('syncProducts', { input: { ...input, items: [] } });

    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ replayed: _, ...answer }) => JSON.stringify(answer))).size).toBe(1);
    expect(errors?.[0].extensions).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', status: 409 });
    expect(await sync.written('integrations.sync_batches')).toEqual(before);
  });

  it('parks stock of goods that it does not know, by SKU and by barcode, until they come', async () => {
    const barcode = `46${sku}`;
    expect(
      await sync.counts([
        { sku, quantity: 5 },
        { barcode, quantity: '7,5' },
      ]),
    ).toEqual(['PARKED', 'PARKED']);
    expect(await product()).toBeNull();

    expect(await sync.goods([tea(), { sku: `b${sku}`, barcode, name: 'Кофе' }])).toEqual(['CREATED', 'CREATED']);

    expect((await product()).stock).toEqual([expect.objectContaining({ quantity: 5, parked: false })]);
    const coffee = await sync.do('product', { barcode });
    expect(coffee).toMatchObject({ sku: `b${sku}`, stock: [{ quantity: 7.5, parked: false }] });
  });

  it('matches by SKU, else by barcode, and never guesses', async () => {
    const barcode = `47${sku}`;
    await sync.goods([tea({ sku: `a${sku}`, barcode }), tea({ sku: `b${sku}`, barcode: `48${sku}` })]);
    const second = await sync.goods([
      { barcode, name: 'По штрихкоду' },
      { barcode: `49${sku}`, name: 'Без кода' },
    ]);
    await sync.goods([tea({ sku: `c${sku}`, barcode })]);
    const third = await sync.goods([{ barcode, name: 'Какой из двух?' }]);

    expect(second).toEqual(['UPDATED', 'CREATED']);
    expect(await sync.do('product', { sku: `a${sku}` })).toMatchObject({ name: 'По штрихкоду' });
    expect(await sync.do('product', { sku: `49${sku}` })).toMatchObject({ barcode: `49${sku}`, name: 'Без кода' });
    expect(third).toEqual(['REJECTED AMBIGUOUS_BARCODE']);
    expect(await sync.counts([{ barcode, quantity: 1 }])).toEqual(['REJECTED AMBIGUOUS_BARCODE']);
  });

  it('gives goods that came without a SKU the one that they turn out to have, and their stock with it', async () => {
    const barcode = `50${sku}`;
    await sync.goods([{ barcode, name: 'Без кода', stockQuantity: 4 }]);

    await sync.goods([tea({ barcode })]);

    expect(await product()).toMatchObject({ sku, barcode, stock: [{ quantity: 4 }] });
    expect(await sync.do('product', { sku: barcode })).toBeNull();
  });

  it('counts the first of several rows about the same goods', async () => {
    const barcode = `51${sku}`;
    await sync.goods([tea({ barcode })]);

    const rows = await sync.goods([tea({ price: 1 }), tea({ price: 2 }), { barcode, name: 'x', price: 3 }]);
    const stock = await sync.counts([
      { sku, quantity: 1 },
      { barcode, quantity: 2 },
    ]);

    expect(rows).toEqual(['UPDATED', 'REJECTED DUPLICATE_IN_BATCH', 'REJECTED DUPLICATE_IN_BATCH']);
    expect(stock).toEqual(['CREATED', 'REJECTED DUPLICATE_IN_BATCH']);
    expect(await product()).toMatchObject({ price: { amount: '1.00' }, stock: [{ quantity: 1 }] });
  });

  it('hides goods that 1C dropped, and shows them again when they are back', async () => {
    await sync.goods([tea({ stockQuantity: 9 })]);

    expect(await sync.goods([{ sku, name: '', removed: true }])).toEqual(['UPDATED']);
    expect(await sync.do('product', { sku })).toMatchObject({ isAvailable: false, name: 'Чай "Майский"' });
    expect(await sync.goods([{ sku, name: '', removed: true }], { observedAt: new Date().toISOString() })).toEqual([
      'UNCHANGED',
    ]);
    expect(await sync.goods([tea()])).toEqual(['UPDATED']);
    expect(await product()).toMatchObject({ isAvailable: true });
    expect(await sync.goods([{ sku: 'nobody', name: '', removed: true, stockQuantity: 1 }])).toEqual(['UNCHANGED']);
    expect(await sync.do('product', { sku: 'nobody' })).toBeNull();
  });

  it('takes stock of a warehouse once it is declared', async () => {
    const externalId = `склад-${sku}`;
    const item = tea({ stockQuantity: 3, warehouse: externalId.toUpperCase() });
    expect(await sync.goods([item])).toEqual(['REJECTED UNKNOWN_WAREHOUSE']);
    expect(await sync.counts([{ sku, quantity: 1 }], { warehouse: externalId })).toEqual([
      'REJECTED UNKNOWN_WAREHOUSE',
    ]);

    await sync.do('syncWarehouses', { input: { source: '1c', items: [{ externalId, name: 'Склад' }] } });

    expect(await sync.goods([item], { observedAt: new Date().toISOString() })).toEqual(['CREATED']);
    expect((await product()).stock).toEqual([expect.objectContaining({ quantity: 3, warehouse: { externalId } })]);
  });

  it('makes groups with 1C’s ids, and moves them', async () => {
    const path = [`Группа ${sku}`, 'Подгруппа'];
    const send = (itsPath: string[]) =>
      sync.do('syncCategories', {
        input: { source: '1c', items: [{ path: itsPath, externalId: `guid-${sku}` }, { path: [] }] },
      });

    const made = await send(path);
    const moved = await send(['Другая', 'Имя']);

    expect(made.results.map(({ sku: itsSku, outcome }: never) => [itsSku, outcome])).toEqual([
      [null, 'CREATED'],
      [null, 'REJECTED'],
    ]);
    expect(moved.results[0].outcome).toBe('UPDATED');
  });

  it('ends two feeds that run at once without a duplicate or a deadlock', async () => {
    const items = Array.from({ length: 200 }, (_, n) =>
      tea({ sku: `${sku}-${n}`, barcode: `${sku}${n}`, stockQuantity: n, categoryPath: ['A', `C${n % 7}`] }),
    );
    const feed = async (source: string, rows: object[]) => {
      const { id } = await sync.do('startSync', { source, mode: 'DELTA' });
      const parts = [0, 1, 2, 3].map((part) => rows.slice(part * 50, part * 50 + 50));
      const answers = await Promise.all(parts.map((part) => sync.goods(part, { source, runId: id })));
      return { run: await sync.do('finishSync', { runId: id }), outcomes: answers.flat() };
    };

    const [one, other] = await Promise.all([feed('feed-1', items), feed('feed-2', items.toReversed())]);

    const made = [...(one?.outcomes ?? []), ...(other?.outcomes ?? [])].filter((outcome) => outcome === 'CREATED');
    expect(made).toHaveLength(200);
    expect([one?.run.status, other?.run.status]).toEqual(['FINISHED', 'FINISHED']);
    const rows = await graph.database.query('SELECT count(*)::int AS n FROM catalog.products WHERE sku LIKE $1', [
      `${sku}-%`,
    ]);
    expect(rows).toEqual([{ n: 200 }]);
  });
});
