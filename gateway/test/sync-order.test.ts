import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startTestGraph, type TestGraph } from './harness.ts';
import { at, Syncing } from './sync-harness.ts';

describe('stock batches', () => {
  let graph: TestGraph;
  let sync: Syncing;
  beforeAll(async () => {
    graph = await startTestGraph();
    sync = new Syncing(graph);
  });
  afterAll(() => graph.stop());

  it('end in the same state in any order and any repetition', async () => {
    const count = fc.record({ sku: fc.constantFrom('a', 'b', 'c'), quantity: fc.integer({ min: -2, max: 5 }) });
    const batch = fc.record({
      minute: fc.integer({ min: 0, max: 6 }),
      items: fc.uniqueArray(count, { selector: ({ sku }) => sku, minLength: 1 }),
    });
    let rounds = 0;
    const play = async (batches: readonly { minute: number; items: { sku: string; quantity: number }[] }[]) => {
      rounds += 1;
      const prefix = `r${rounds}-`;
      for (const { minute, items } of batches) {
        const rows = items.map(({ sku, quantity }) => ({ sku: `${prefix}${sku}`, quantity }));
        await sync.counts(rows, { observedAt: at(minute) });
      }
      return graph.database.query(
        `SELECT substr(product_sku, $2) AS sku, quantity FROM inventory.warehouse_stocks WHERE product_sku LIKE $1 ORDER BY 1`,
        [`${prefix}%`, prefix.length + 1],
      );
    };

    await fc.assert(
      fc.asyncProperty(
        fc.array(batch, { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        async (batches, picks) => {
          const shuffled = [...batches, ...batches]
            .map((value) => ({ value, place: picks.next().value ?? 0 }))
            .sort((one, other) => one.place - other.place)
            .map(({ value }) => value);

          const state = await play(batches);
          expect(state.length).toBeGreaterThan(0);
          expect(await play(shuffled)).toEqual(state);
        },
      ),
      { numRuns: 15 },
    );
  });
});
