import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo, runId, type ShortRow } from '../testing/inventory-harness.ts';
import { smallCatalog } from '../testing/small-catalog.ts';

const dairy = '00000000-0000-4000-8000-0000000000d1';
const food = '00000000-0000-4000-8000-0000000000d0';

let shop: InventoryHarness;
let second: string;

beforeAll(async () => {
  shop = await InventoryHarness.open(
    smallCatalog([{ sku: 'MILK', isAvailable: true, categoryPath: [dairy, food] }], [dairy, food]),
  );
  second = await shop.makeWarehouse('002');
});
afterEach(() => shop.empty());
afterAll(() => shop.close());

interface Buffers {
  readonly global?: number;
  readonly dairy?: number;
  readonly food?: number;
  readonly milk?: number;
}

async function setBuffers({ global, dairy: ofDairy, food: ofFood, milk }: Buffers): Promise<void> {
  const set = async (mutation: string, kind: string, input: object) =>
    shop.ask(`mutation ($input: ${kind}!) { ${mutation}(input: $input) { userErrors { code } } }`, { input });
  if (global !== undefined) await set('setGlobalBuffer', 'SetGlobalBufferInput', { quantity: global });
  if (ofDairy !== undefined)
    await set('setCategoryBuffer', 'SetCategoryBufferInput', { categoryId: dairy, quantity: ofDairy });
  if (ofFood !== undefined)
    await set('setCategoryBuffer', 'SetCategoryBufferInput', { categoryId: food, quantity: ofFood });
  if (milk !== undefined) await set('setProductBuffer', 'SetProductBufferInput', { sku: 'MILK', quantity: milk });
}

describe('Product.availableOnline', () => {
  const one = (quantity: string): ShortRow[] => [['MILK', quantity]];
  const table: [says: string, stock: () => ShortRow[], buffers: Buffers, catalogue: object, available: number][] = [
    ['takes five off by default', () => one('12'), {}, {}, 7],
    ['is zero when the buffer takes all', () => one('5'), {}, {}, 0],
    ['never falls below zero', () => one('3'), {}, {}, 0],
    ['counts a negative quantity as none', () => one('-4'), { global: 0 }, {}, 0],
    ['is zero without a stock row', () => [], { global: 0 }, {}, 0],
    [
      'adds up the warehouses',
      () => [
        ['MILK', '6'],
        ['MILK', '7', second],
      ],
      {},
      {},
      8,
    ],
    [
      'lets no warehouse owe another',
      () => [
        ['MILK', '-10'],
        ['MILK', '7', second],
      ],
      {},
      {},
      2,
    ],
    [
      'adds decimals as decimals',
      () => [
        ['MILK', '0.1'],
        ['MILK', '0.2', second],
      ],
      { global: 0 },
      {},
      0.3,
    ],
    ['keeps three decimals', () => one('10.125'), { global: 0.125 }, {}, 10],
    ['obeys a global buffer that staff set', () => one('12'), { global: 10 }, {}, 2],
    ['prefers the category’s buffer', () => one('12'), { global: 10, dairy: 1 }, { categoryPath: [dairy, food] }, 11],
    ['takes the nearest category', () => one('12'), { food: 4, dairy: 1 }, { categoryPath: [dairy, food] }, 11],
    ['takes an ancestor’s buffer', () => one('12'), { food: 4 }, { categoryPath: [dairy, food] }, 8],
    ['prefers the product’s buffer', () => one('12'), { milk: 0, dairy: 9 }, { categoryPath: [dairy, food] }, 12],
    ['ignores categories it is not in', () => one('12'), { dairy: 9 }, { categoryPath: [food] }, 7],
    ['is zero of what the shop does not sell', () => one('12'), { global: 0 }, { isAvailable: false }, 0],
  ];
  it.each(table)('%s', async (_says, stock, buffers, catalogue, available) => {
    await shop.apply(stock());
    await setBuffers(buffers);

    expect(await shop.availableOnline('MILK', catalogue)).toBe(available);
  });
});

describe('Product.availability', () => {
  const availability = async (sku: string) => {
    const [good] = await shop.goods([{ sku }], 'availability { status availableOnline asOf isStale }');
    return good.availability;
  };

  it.each([
    ['5', 0, 'OUT_OF_STOCK'],
    ['5.001', 0.001, 'LOW_STOCK'],
    ['10', 5, 'LOW_STOCK'],
    ['10.001', 5.001, 'IN_STOCK'],
  ])('calls a stock of %s, of which %s are available, %s', async (quantity, availableOnline, status) => {
    const observedAt = minutesAgo(1);
    await shop.apply([['MILK', quantity]], { observedAt });

    expect(await availability('MILK')).toEqual({ status, availableOnline, asOf: observedAt, isStale: false });
  });

  it('speaks of the oldest count over the warehouses that hold the good', async () => {
    await shop.apply([['MILK', '10', second]], { observedAt: minutesAgo(16) });
    await shop.apply([['MILK', '10']], { observedAt: minutesAgo(1) });

    const { asOf, isStale } = await availability('MILK');

    expect(Date.now() - Date.parse(asOf)).toBeGreaterThan(15 * 60_000);
    expect(isStale).toBe(true);
  });

  it('is stale and of no time where nothing was ever counted', async () => {
    expect(await availability('MILK')).toEqual({
      status: 'OUT_OF_STOCK',
      availableOnline: 0,
      asOf: null,
      isStale: true,
    });
  });

  it('is as new as the snapshot that vouches for it', async () => {
    await shop.apply([['MILK', '10']], { observedAt: minutesAgo(60) });
    const run = { source: 'scraper', runId: runId(2), observedAt: minutesAgo(2) };
    await shop.apply([['MILK', '10']], { ...run, mode: 'SNAPSHOT' });
    expect((await availability('MILK')).isStale).toBe(true);

    await shop.snapshot({ ...run, dryRun: false });

    expect(await availability('MILK')).toMatchObject({ asOf: run.observedAt, isStale: false });
  });

  it('does not take one source’s snapshot as word on another’s stock', async () => {
    await shop.apply([['MILK', '10']], { observedAt: minutesAgo(60), source: 'other' });
    const run = { source: 'scraper', runId: runId(2), observedAt: minutesAgo(2) };
    await shop.apply([['TEA', '10']], run);

    await shop.snapshot({ ...run, dryRun: false });

    expect((await availability('MILK')).isStale).toBe(true);
  });
});

describe('Product.stock', () => {
  it('shows each warehouse as 1C counted it', async () => {
    const observedAt = minutesAgo(3);
    await shop.apply(
      [
        ['MILK', '-2.5'],
        ['MILK', '7', second, true],
      ],
      { observedAt },
    );

    const fields = 'stock { quantity parked asOf observedAt source runId warehouse { id name externalId isDefault } }';
    const [milk] = await shop.goods([{ sku: 'MILK' }], fields, { kind: 'user', userId: 'u', role: 'STAFF' });

    const common = { asOf: observedAt, observedAt, source: 'scraper', runId: runId(1) };
    expect(milk.stock).toEqual([
      {
        ...common,
        quantity: -2.5,
        parked: false,
        warehouse: { id: '1', name: 'Atyrau Main', externalId: '001', isDefault: true },
      },
      {
        ...common,
        quantity: 7,
        parked: true,
        warehouse: { id: second, name: 'Warehouse 002', externalId: '002', isDefault: false },
      },
    ]);
  });
});

describe('a page of goods', () => {
  const page = Array.from({ length: 100 }, (_, place) => ({ sku: `GOOD-${place}`, categoryPath: [dairy, food] }));

  it('costs one statement, whatever is asked of it', async () => {
    await shop.apply(page.map(({ sku }, place) => [sku, String(place)]));
    shop.subgraph.statements();

    const goods = await shop.goods(
      page,
      'sku availableOnline availability { status asOf } stock { quantity warehouse { name address createdAt } }',
      { kind: 'user', userId: 'u', role: 'ADMIN' },
    );

    expect(shop.subgraph.statements()).toHaveLength(1);
    expect(goods.map(({ sku, availableOnline }) => [sku, availableOnline])).toEqual(
      page.map(({ sku }, place) => [sku, Math.max(0, place - 5)]),
    );
    expect(goods.map(({ stock }) => stock.length)).toEqual(page.map(() => 1));
  });

  it('costs none where nothing but the key is asked for', async () => {
    shop.subgraph.statements();

    await shop.goods(page, 'sku');

    expect(shop.subgraph.statements()).toEqual([]);
  });
});
