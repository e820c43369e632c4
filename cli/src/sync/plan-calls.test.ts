import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SyncRow } from '../reader/input.ts';
import { CallPlanner, type PlannedCall, type UnreadableRow } from './plan-calls.ts';

type SentRow = Exclude<SyncRow, UnreadableRow>;

const place = { file: 'a', line: 1 };

function plan(rows: readonly SentRow[], batchSize = 3, warehouse?: string): PlannedCall[] {
  const planner = new CallPlanner({ batchSize, warehouse });
  return [...rows.flatMap((row) => [...planner.add(row)]), ...planner.end()];
}

const good = (sku: string, warehouses: string[] = []): SentRow => ({
  kind: 'product',
  place,
  item: { sku, name: sku },
  furtherStock: warehouses.map((warehouse) => ({ warehouse, quantity: 1 })),
});

describe('the planned calls', () => {
  it('carry every row once, in batches of no more than the size, numbered without a gap', () => {
    const row = fc
      .tuple(fc.integer(), fc.subarray(['w1', 'w2', 'w3']))
      .map(([sku, warehouses]) => good(String(sku), warehouses));

    fc.assert(
      fc.property(fc.array(row), fc.integer({ min: 1, max: 7 }), (rows, batchSize) => {
        const calls = plan(rows, batchSize);

        const goods = calls.flatMap((call) => (call.kind === 'goods' ? call.rows.map(({ item }) => item.sku) : []));
        expect(goods).toEqual(rows.map((one) => one.item.sku));
        const counted = calls.flatMap((call) =>
          call.kind === 'stocks' ? call.rows.map(({ item }) => `${item.sku}@${call.warehouse}`) : [],
        );
        const expected = rows.flatMap((one) =>
          one.kind === 'product' ? one.furtherStock.map(({ warehouse }) => `${one.item.sku}@${warehouse}`) : [],
        );
        expect(counted.sort()).toEqual(expected.sort());
        expect(calls.every((call) => call.rows.length > 0 && call.rows.length <= batchSize)).toBe(true);
        expect(calls.map((call) => call.number)).toEqual(calls.map((_, i) => i + 1));
      }),
    );
  });

  it('count no good before it was sent', () => {
    const calls = plan(['a', 'b', 'c', 'd'].map((sku) => good(sku, ['w1'])));
    const sent = new Set<string | undefined>();

    for (const call of calls) {
      if (call.kind === 'goods') for (const { item } of call.rows) sent.add(item.sku);
      else expect(call.rows.every(({ item }) => sent.has(item.sku))).toBe(true);
    }
  });

  it('name the warehouse for quantities that name none: the one given, or the default', () => {
    const stock: SentRow = { kind: 'stock', place, item: { sku: 'a', quantity: 1 }, warehouse: undefined };
    const counted: SentRow = {
      kind: 'product',
      place,
      item: { sku: 'a', name: 'a', stockQuantity: 1 },
      furtherStock: [],
    };

    expect(plan([stock])).toMatchObject([{ kind: 'stocks', warehouse: '001' }]);
    expect(plan([stock], 3, 'w2')).toMatchObject([{ kind: 'stocks', warehouse: 'w2' }]);
    expect(plan([counted], 3, 'w2')).toMatchObject([{ rows: [{ item: { warehouse: 'w2' } }] }]);
    expect(plan([good('a')], 3, 'w2')).not.toMatchObject([{ rows: [{ item: { warehouse: 'w2' } }] }]);
  });

  it('stay small when descriptions are long', () => {
    const long = 'ы'.repeat(1_000_000);
    const rows = ['a', 'b', 'c', 'd'].map(
      (sku): SentRow => ({
        kind: 'product',
        place,
        item: { sku, name: sku, description: long },
        furtherStock: [],
      }),
    );

    expect(plan(rows, 1000).map((call) => call.rows.length)).toEqual([3, 1]);
  });
});
