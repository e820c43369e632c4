import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo } from '../testing/inventory-harness.ts';
import { forSale, ReservationWords } from '../testing/reservation-words.ts';
import { smallCatalog } from '../testing/small-catalog.ts';

let shop: InventoryHarness;
let orders: ReservationWords;

beforeAll(async () => {
  shop = await InventoryHarness.open(smallCatalog(forSale('TEA', '4600')));
  orders = new ReservationWords(shop);
});
afterEach(async () => {
  expect(await orders.check()).toEqual({ drifting: 0, broken: 0 });
  await shop.empty();
});
afterAll(() => shop.close());

describe('a good that takes another SKU', () => {
  const rename = () => shop.apply([], { appeared: [{ sku: 'TEA', barcode: '4600', formerSku: '4600' }] });

  it('takes its reservations along', async () => {
    await shop.apply([['4600', '20']], { observedAt: minutesAgo(60) });
    await orders.reserve('A', { '4600': '3' });
    await orders.reserve('B', { '4600': '2' });

    await rename();

    expect([await orders.totals(), await shop.availableOnline('TEA')]).toEqual([['TEA 5'], 10]);
    expect(await orders.reserve('A', { '4600': '3' })).toMatchObject({ status: 'RESERVED', replayed: true });
    await orders.release('B');
    await orders.handOver('A', minutesAgo(30), { TEA: '1' });
    expect(await orders.totals()).toEqual(['TEA 1']);
    await shop.apply([['4600', '19']], { observedAt: minutesAgo(1) });
    expect([await orders.statusOf('A'), await orders.totals()]).toEqual(['SETTLED', []]);
    expect(await orders.ledger('4600')).toEqual(['RESERVED A 0 → 3', 'RESERVED B 3 → 5', 'MOVED 5 → 0']);
  });

  it('keeps what was handed over waiting for a count, under either name', async () => {
    await shop.apply([['4600', '20']], { observedAt: minutesAgo(60) });
    await orders.reserve('A', { '4600': '3' });
    await orders.handOver('A', minutesAgo(30));

    await rename();
    expect(await orders.totals()).toEqual(['TEA 3']);

    await shop.apply([['TEA', '17']], { observedAt: minutesAgo(29) });
    expect(await orders.totals()).toEqual([]);
  });

  it('was counted under a barcode before it was handed over, as was told later', async () => {
    await shop.apply([['TEA', '20']], { observedAt: minutesAgo(60) });
    await orders.reserve('A', { TEA: '3' });
    await orders.handOver('A', minutesAgo(30));
    await shop.apply([['4600', '17', '1', true]], { observedAt: minutesAgo(20) });
    expect(await orders.totals()).toEqual(['TEA 3']);

    await shop.apply([], { appeared: [{ sku: 'TEA', barcode: '4600', formerSku: null }] });

    expect([await orders.statusOf('A'), await orders.totals()]).toEqual(['SETTLED', []]);
  });
});
