import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo, runId, type ShortRow } from '../testing/inventory-harness.ts';

let shop: InventoryHarness;
let second: string;

beforeAll(async () => {
  shop = await InventoryHarness.open();
  second = await shop.makeWarehouse('002');
});
afterEach(() => shop.empty());
afterAll(() => shop.close());

const stored = async () =>
  (await shop.stocks()).map(({ sku, quantity, parked }) => `${sku} ${Number(quantity)}${parked ? ' parked' : ''}`);

describe('a batch of quantities', () => {
  it('answers one outcome a row, in the order of the rows', async () => {
    await shop.apply(
      [
        ['TEA', '1'],
        ['RICE', '1'],
      ],
      { observedAt: minutesAgo(3) },
    );

    const results = await shop.applyInFull(
      [
        ['SALT', '4'],
        ['TEA', '2'],
        ['RICE', '1'],
        ['GHOST', '9', '1', true],
        ['TEA', '2', '77'],
        ['', '1'],
        ['TEA', '1234567890123'],
        ['TEA', '1.2345', second],
        ['x'.repeat(201), '1'],
        ['A\0B', '1'],
      ],
      { observedAt: minutesAgo(2) },
    );

    expect(
      results.map(({ index, sku, outcome, errors }) => [index, sku?.slice(0, 5), outcome, errors[0]?.code]),
    ).toEqual([
      [0, 'SALT', 'CREATED', undefined],
      [1, 'TEA', 'UPDATED', undefined],
      [2, 'RICE', 'UNCHANGED', undefined],
      [3, 'GHOST', 'PARKED', undefined],
      [4, 'TEA', 'REJECTED', 'UNKNOWN_WAREHOUSE'],
      [5, undefined, 'REJECTED', 'MISSING_IDENTITY'],
      [6, 'TEA', 'REJECTED', 'OUT_OF_RANGE'],
      [7, 'TEA', 'REJECTED', 'OUT_OF_RANGE'],
      [8, 'xxxxx', 'REJECTED', 'TOO_LONG'],
      [9, undefined, 'REJECTED', 'MISSING_IDENTITY'],
    ]);
    expect(await stored()).toEqual(['GHOST 9 parked', 'RICE 1', 'SALT 4', 'TEA 2']);
  });

  it('stores a negative quantity as it came', async () => {
    await shop.apply([['TEA', '-3.125']]);

    expect(await shop.stocks()).toEqual([{ sku: 'TEA', warehouseId: '1', quantity: '-3.125', parked: false }]);
  });

  it('writes who changed what, when, and from what to what', async () => {
    const observedAt = minutesAgo(2);
    await shop.apply([['TEA', '4']], { observedAt, runId: runId(7), actor: 'key:77', source: 'box' });

    const entries = await shop.ask(
      '{ stockLedger(sku: "TEA") { totalCount nodes { sku fromQuantity toQuantity reason actor source runId observedAt warehouse { id } } } }',
    );

    const entry = { sku: 'TEA', fromQuantity: null, toQuantity: 4, reason: 'SYNC', actor: 'key:77', source: 'box' };
    expect(entries.stockLedger).toEqual({
      totalCount: 1,
      nodes: [{ ...entry, runId: runId(7), observedAt, warehouse: { id: '1' } }],
    });
  });

  it('costs four statements, whatever it holds, and one that enqueues what changed', async () => {
    const rows = Array.from(
      { length: 1_000 },
      (_, place): ShortRow => [`GOOD-${place}`, '1', place % 2 ? '1' : second],
    );
    const verbs = () => shop.subgraph.statements().map((sql) => sql.trim().split(' ')[0]);
    verbs();

    await shop.apply(rows);
    expect(verbs()).toEqual(['START', 'SELECT', 'WITH', 'WITH', 'COMMIT']);

    await shop.apply(rows);
    expect(verbs()).toEqual(['START', 'SELECT', 'WITH', 'COMMIT']);
  });

  it('writes no row that did not change', async () => {
    const rows: ShortRow[] = [
      ['RICE', '1'],
      ['SALT', '0'],
      ['TEA', '-2'],
    ];
    await shop.apply(rows, { observedAt: minutesAgo(3) });
    const before = await shop.versions();

    expect(await shop.apply(rows, { observedAt: minutesAgo(3) })).toEqual(['UNCHANGED', 'UNCHANGED', 'UNCHANGED']);
    expect(await shop.apply(rows, { observedAt: minutesAgo(1) })).toEqual(['UNCHANGED', 'UNCHANGED', 'UNCHANGED']);

    expect(await shop.versions()).toEqual(before);
    expect(await shop.ledger('TEA')).toEqual(['SYNC – → -2']);
  });

  it('confirms an unchanged quantity anew before it goes stale, and only then', async () => {
    await shop.apply([['TEA', '9']], { observedAt: minutesAgo(20) });
    const asOf = async () => (await shop.goods([{ sku: 'TEA' }], 'availability { asOf }'))[0].availability.asOf;

    await shop.apply([['TEA', '9']], { observedAt: minutesAgo(16) });
    expect(Date.now() - Date.parse(await asOf())).toBeGreaterThan(19 * 60_000);

    const confirmed = minutesAgo(14);
    expect(await shop.apply([['TEA', '9']], { observedAt: confirmed })).toEqual(['UNCHANGED']);
    expect(await asOf()).toBe(confirmed);
    expect(await shop.ledger('TEA')).toEqual(['SYNC – → 9']);
  });

  it('does not confirm row by row in a snapshot run, whose end vouches for all', async () => {
    await shop.apply([['TEA', '9']], { observedAt: minutesAgo(60) });
    const before = await shop.versions();

    await shop.apply([['TEA', '9']], { observedAt: minutesAgo(1), mode: 'SNAPSHOT' });

    expect(await shop.versions()).toEqual(before);
  });

  it('lets the smaller quantity stand where one batch names a good twice', async () => {
    expect(
      await shop.apply([
        ['TEA', '5'],
        ['TEA', '3'],
      ]),
    ).toEqual(['STALE', 'CREATED']);

    expect(await stored()).toEqual(['TEA 3']);
  });
});

describe('the door of integrations', () => {
  it.each([
    ['no batch at all', 'nonsense'],
    ['a quantity that is no text', { rows: [{ index: 0, sku: 'TEA', warehouseId: '1', quantity: 5 }] }],
    [
      'more than ten thousand rows',
      { rows: Array(10_001).fill({ index: 0, sku: 'A', warehouseId: '1', quantity: '1' }) },
    ],
    ['a moment without a time zone', { observedAt: '2026-01-01T00:00:00' }],
  ])('refuses %s', async (_says, wrong) => {
    const batch = { source: 's', runId: runId(1), observedAt: minutesAgo(1), actor: 'a', rows: [] };

    const { errors } = await shop.subgraph.execute(
      'mutation ($batch: JSON!) { applyStocks(batch: $batch) }',
      { batch: typeof wrong === 'string' ? wrong : { ...batch, ...wrong } },
      viewers.internal,
    );

    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(/^This is no batch of quantities/);
    expect(await shop.stocks()).toEqual([]);
  });
});
