import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from './harness.ts';
import { type Operation, Syncing, type Who } from './sync-harness.ts';

describe('what a sync is sent', () => {
  let graph: TestGraph;
  let sync: Syncing;
  const tables = [
    'catalog.products',
    'inventory.warehouse_stocks',
    'integrations.sync_batches',
    'integrations.sync_runs',
  ];

  beforeAll(async () => {
    graph = await startTestGraph();
    sync = new Syncing(graph);
    await sync.goods([{ sku: 'known', name: 'Чай', price: 5, stockQuantity: 5 }]);
  });
  afterAll(() => graph.stop());

  it('is refused whole when it is too much or from nowhere, and loses nothing', async () => {
    const before = await sync.written(...tables);
    const many = Array.from({ length: 10_001 }, (_, n) => ({ sku: `${n}`, name: 'x' }));
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const calls: [Operation, object, string][] = [
      ['syncProducts', { input: { source: '1c', items: many } }, 'BAD_USER_INPUT'],
      ['syncProducts', { input: { source: '1c', items: many.slice(0, 1_001) } }, 'BAD_USER_INPUT'],
      ['syncProducts', { input: { source: 'my 1c', items: [] } }, 'BAD_USER_INPUT'],
      ['syncProducts', { input: { source: '1c', items: [], observedAt: tomorrow } }, 'BAD_USER_INPUT'],
      ['syncProducts', { input: { source: '1c', items: [], observedAt: 'yesterday' } }, 'BAD_USER_INPUT'],
      ['syncProducts', { input: { source: '1c', items: [{ sku: 'no name' }] } }, 'BAD_USER_INPUT'],
      ['syncProducts', { input: { source: '1c', items: [], runId: 'x' } }, 'NOT_FOUND'],
      ['syncStocks', { input: { source: '1c', warehouse: '001', items: many } }, 'BAD_USER_INPUT'],
      ['startSync', { source: '1c', mode: 'DELTA', warehouse: 'nowhere' }, 'BAD_USER_INPUT'],
      ['finishSync', { runId: 'x' }, 'NOT_FOUND'],
    ];

    for (const [operation, variables, code] of calls) {
      const { errors } = await sync.ask(operation, variables);
      expect([operation, errors?.[0].extensions.code]).toEqual([operation, code]);
      expect(errors?.[0].extensions).toMatchObject({ status: expect.any(Number), requestId: expect.any(String) });
    }
    expect(await sync.written(...tables)).toEqual(before);
  });

  it('loses its bad rows alone', async () => {
    const price = [
      'NaN',
      'Infinity',
      '-Infinity',
      'дорого',
      '',
      -1,
      '-0,01',
      1e20,
      true,
      [1],
      { amount: 1 },
      null,
      '12,50 руб.',
    ];
    const rows = price.map((value, n) => ({ sku: `price-${n}`, name: 'x', price: value }));
    const stock = ['NaN', 'Infinity', '', null, 1e12, false, '-3,5', 0, '1 000'];

    expect(await sync.goods(rows)).toEqual([
      ...Array.from({ length: 4 }, () => 'REJECTED INVALID_NUMBER'),
      'CREATED',
      'REJECTED NEGATIVE_PRICE',
      'REJECTED NEGATIVE_PRICE',
      'REJECTED OUT_OF_RANGE',
      ...Array.from({ length: 3 }, () => 'REJECTED INVALID_NUMBER'),
      'CREATED',
      'CREATED',
    ]);
    expect(
      await sync.goods([
        { sku: 'a', name: 'x', stockQuantity: 1, warehouse: 'nowhere' },
        { sku: 'b', name: 'x' },
      ]),
    ).toEqual(['REJECTED UNKNOWN_WAREHOUSE', 'CREATED']);
    expect(
      await sync.counts(stock.filter((value) => value !== null).map((quantity, n) => ({ sku: `s-${n}`, quantity }))),
    ).toEqual([
      ...Array.from({ length: 3 }, () => 'REJECTED INVALID_NUMBER'),
      'REJECTED OUT_OF_RANGE',
      'REJECTED INVALID_NUMBER',
      'PARKED',
      'PARKED',
      'PARKED',
    ]);
  });

  it('may hold any character', async () => {
    const nasty = '\u0000\ud800 <script>alert(1)</script> \u202e\u{1f600} \'"; DROP TABLE products; --';
    const rows = [
      { sku: nasty, name: nasty, description: nasty, brand: nasty, unit: 'шт', categoryPath: [nasty, nasty] },
      { sku: '\u0000', barcode: '\ud800', name: 'x' },
      { sku: 'url', name: 'x', imageUrls: ['http://a.example/\ud800', 'javascript:alert(1)'] },
    ];

    const answer = await sync.goods(rows);
    const again = await sync.goods(rows, { observedAt: new Date().toISOString() });

    expect(answer).toEqual(['CREATED', 'CREATED', 'REJECTED INVALID_URL INVALID_URL']);
    expect(again).toEqual(['UNCHANGED', 'UNCHANGED', 'REJECTED INVALID_URL INVALID_URL']);
  });

  const nowhere = '00000000-0000-4000-8000-000000000000';
  const batch = { source: '1c', items: [] };
  const allowed: [Operation, object, Who[]][] = [
    ['syncProducts', { input: batch }, ['service']],
    ['syncStocks', { input: { ...batch, warehouse: '' } }, ['service']],
    ['syncCategories', { input: batch }, ['service']],
    ['syncWarehouses', { input: batch }, ['service']],
    ['startSync', { source: '1c', mode: 'DELTA' }, ['service']],
    ['finishSync', { runId: nowhere }, ['service']],
    ['cancelSync', { runId: nowhere }, ['staff', 'admin', 'service']],
    ['approveSync', { runId: nowhere }, ['admin']],
    ['syncRun', { id: nowhere }, ['staff', 'admin', 'service']],
  ];

  it.each(allowed)('is taken from those alone who may send it: %s', async (operation, variables, who) => {
    for (const viewer of ['customer', 'staff', 'admin', 'service'] as const) {
      const { errors } = await sync.ask(operation, variables, viewer);
      const code = errors?.[0].extensions.code;
      expect([viewer, code === 'FORBIDDEN']).toEqual([viewer, !who.includes(viewer)]);
    }
    const { errors } = await graph.query(`mutation { startSync(source: "1c", mode: DELTA) { id } }`);
    expect(errors?.[0].extensions).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
  });
});
