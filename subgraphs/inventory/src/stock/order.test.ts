import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InventoryHarness } from '../testing/inventory-harness.ts';
import { expectedStocks, happen, history, ledgerBreaks, storedStocks } from '../testing/stock-history.ts';

let shop: InventoryHarness;

beforeAll(async () => {
  shop = await InventoryHarness.open();
  await shop.makeWarehouse('002');
});
afterAll(() => shop.close());

it('ends in the same state in any order and with any repetition, and its ledger adds up', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (events) => {
      await shop.empty();

      for (const event of events) await happen(shop, event);

      expect(await storedStocks(shop)).toEqual(expectedStocks(events));
      expect(await ledgerBreaks(shop)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it('ends in it too when everything happens at once', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (events) => {
      await shop.empty();

      await Promise.all(events.map((event) => happen(shop, event)));

      expect(await storedStocks(shop)).toEqual(expectedStocks(events));
      expect(await ledgerBreaks(shop)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
