import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo, runId, type ShortRow } from '../testing/inventory-harness.ts';

let shop: InventoryHarness;
let second: string;

beforeAll(async () => {
  shop = await InventoryHarness.open();
  second = await shop.makeWarehouse('002');
});
afterEach(() => shop.empty());
afterAll(() => shop.close());

const skus = Array.from({ length: 200 }, (_, place) => `GOOD-${place}`);

it('ends two batches of the same new goods at once with the later one', async () => {
  const batch = (quantity: string, minutes: number, rows: readonly string[]) =>
    shop.apply(
      rows.map((sku): ShortRow => [sku, quantity]),
      { observedAt: minutesAgo(minutes), runId: runId(minutes) },
    );

  const [earlier, later] = await Promise.all([batch('3', 9, skus), batch('8', 2, skus.toReversed())]);

  expect(new Set(later)).toEqual(new Set(earlier[0] === 'STALE' ? ['CREATED'] : ['UPDATED']));
  expect(new Set((await shop.stocks()).map(({ quantity }) => quantity))).toEqual(new Set(['8.000']));
  expect(await shop.stocks()).toHaveLength(skus.length);
});

it('neither loses nor locks up when many runs write the same goods of two warehouses', async () => {
  const observations = Array.from({ length: 24 }, (_, number) => ({ number, observedAt: minutesAgo(30 - number) }));
  const rows = (number: number): ShortRow[] =>
    skus.flatMap((sku): ShortRow[] => [
      [sku, String(number), '1'],
      [sku, String(number), second],
    ]);

  const outcomes = await Promise.all(
    observations.map(({ number, observedAt }) => {
      const ordered = number % 2 ? rows(number) : rows(number).toReversed();
      const appeared = number % 5 ? [] : skus.map((sku) => ({ sku, barcode: `46-${sku}`, formerSku: null }));
      return shop.apply(ordered, { observedAt, runId: runId(number), appeared });
    }),
  );

  expect(outcomes.flat().filter((outcome) => outcome === 'CREATED')).toHaveLength(skus.length * 2);
  expect(new Set((await shop.stocks()).map(({ quantity }) => quantity))).toEqual(new Set(['23.000']));
  const steps = await shop.ledger('GOOD-0');
  const quantityAfter = steps.map((step) => Number(step.split('→')[1]));
  expect(quantityAfter.filter((quantity) => quantity === 23)).toHaveLength(2);
});
