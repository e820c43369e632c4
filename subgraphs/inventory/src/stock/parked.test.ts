import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo } from '../testing/inventory-harness.ts';

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

describe('stock of goods that the catalogue does not know', () => {
  const appear = (sku: string, barcode: string | null = null, formerSku: string | null = null) =>
    shop.apply([], { appeared: [{ sku, barcode, formerSku }] });

  it('is parked, and counts once the good appears', async () => {
    await shop.apply([['TEA', '9', '1', true]]);
    expect(await stored()).toEqual(['TEA 9 parked']);

    await appear('TEA');

    expect(await stored()).toEqual(['TEA 9']);
    expect(await shop.availableOnline('TEA')).toBe(4);
  });

  it('is parked still when its quantity changes before that', async () => {
    await shop.apply([['TEA', '9', '1', true]], { observedAt: minutesAgo(3) });

    expect(await shop.apply([['TEA', '8', '1', true]], { observedAt: minutesAgo(2) })).toEqual(['PARKED']);
    expect(await shop.apply([['TEA', '8', '1', true]], { observedAt: minutesAgo(1) })).toEqual(['UNCHANGED']);
    expect(await shop.apply([['TEA', '8']], { observedAt: minutesAgo(1) })).toEqual(['UNCHANGED']);
    expect(await stored()).toEqual(['TEA 8']);
  });

  it('moves from the barcode to the SKU, in every warehouse', async () => {
    await shop.apply([
      ['4600', '9', '1', true],
      ['4600', '7', second, true],
      ['4601', '1', '1', true],
    ]);

    await appear('TEA', '4600');

    expect(await stored()).toEqual(['4601 1 parked', 'TEA 9', 'TEA 7']);
    expect(await shop.ledger('4600')).toEqual(['SYNC – → 9', 'SYNC – → 7', 'MOVED 9 → 0', 'MOVED 7 → 0']);
    expect(await shop.ledger('TEA')).toEqual(['MOVED – → 9', 'MOVED – → 7']);
  });

  it('stays with a good whose own SKU that barcode is', async () => {
    await shop.apply([['4600', '9']]);
    await appear('4600');

    await appear('TEA', '4600');
    await shop.apply([['4600', '8']], { observedAt: minutesAgo(0) });

    expect(await stored()).toEqual(['4600 8']);
  });

  it('follows a good that takes another SKU', async () => {
    await shop.apply([['4600', '9']]);
    await appear('4600', '4600');

    await appear('TEA', '4600', '4600');

    expect(await stored()).toEqual(['TEA 9']);
    expect(await shop.apply([['4600', '6']], { observedAt: minutesAgo(0) })).toEqual(['UPDATED']);
    expect(await stored()).toEqual(['TEA 6']);
  });

  it('reaches the good when it was on its way while the good appeared', async () => {
    await appear('TEA', '4600');

    const [result] = await shop.applyInFull([['4600', '9', '1', true]]);

    expect(result).toEqual({ index: 0, sku: 'TEA', outcome: 'CREATED', errors: [] });
    expect(await stored()).toEqual(['TEA 9']);
  });

  it.each([
    ['the later of the two', 3, '9', 2, '7', 'TEA 7'],
    ['the later of the two, the other way round', 2, '9', 3, '7', 'TEA 9'],
    ['the smaller of two of one moment', 2, '9', 2, '7', 'TEA 7'],
  ])('keeps %s where both keys have stock', async (_says, ownAge, own, otherAge, other, kept) => {
    const now = Date.now();
    const at = (age: number) => new Date(now - age * 60_000).toISOString();
    await shop.apply([['TEA', own]], { observedAt: at(ownAge) });
    await shop.apply([['4600', other, '1', true]], { observedAt: at(otherAge) });

    await appear('TEA', '4600');

    expect(await stored()).toEqual([kept]);
  });

  it('keeps what was confirmed later, though only the other one was written then', async () => {
    await shop.apply([['TEA', '9']], { observedAt: minutesAgo(9) });
    await shop.apply([['4600', '7', '1', true]], { observedAt: minutesAgo(8) });
    await shop.apply([['TEA', '9']], { observedAt: minutesAgo(7) });

    await appear('TEA', '4600');

    expect(await stored()).toEqual(['TEA 9']);
  });

  it('remembers under the SKU when it was last seen under the barcode', async () => {
    await shop.apply([['4600', '9', '1', true]], { observedAt: minutesAgo(4) });
    await shop.apply([['4600', '9', '1', true]], { observedAt: minutesAgo(2) });
    await appear('TEA', '4600');

    expect(await shop.apply([['TEA', '5']], { observedAt: minutesAgo(3) })).toEqual(['STALE']);
  });
});
