import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InventoryHarness } from '../testing/inventory-harness.ts';
import { forSale, linesOf, ReservationWords } from '../testing/reservation-words.ts';
import { smallCatalog } from '../testing/small-catalog.ts';

const catalog = smallCatalog(forSale('TEA'));
let shop: InventoryHarness;
let orders: ReservationWords;

beforeAll(async () => {
  shop = await InventoryHarness.open(catalog);
  orders = new ReservationWords(shop);
});
beforeEach(() => shop.apply([['TEA', '10']]));
afterEach(() => shop.empty());
afterAll(() => shop.close());

describe('the door of orders', () => {
  const tea = linesOf({ TEA: '1' });
  it.each([
    ['reserveStock', 'no lines', { lines: [] }],
    ['reserveStock', 'too many lines', { lines: Array(501).fill(tea[0]) }],
    ['reserveStock', 'nothing of a good', { lines: linesOf({ TEA: '0.000' }) }],
    ['reserveStock', 'less than nothing', { lines: linesOf({ TEA: '-1' }) }],
    ['reserveStock', 'a quantity that is no text', { lines: [{ sku: 'TEA', quantity: 1 }] }],
    ['reserveStock', 'a quantity that is no number', { lines: linesOf({ TEA: '1e3' }) }],
    ['reserveStock', 'four decimals', { lines: linesOf({ TEA: '0.0001' }) }],
    ['reserveStock', 'more than can be counted', { lines: Array(3).fill({ sku: 'TEA', quantity: '99999999999' }) }],
    ['reserveStock', 'a good without a SKU', { lines: linesOf({ ' ': '1' }) }],
    ['reserveStock', 'a SKU that is no text', { lines: linesOf({ 'A\0B': '1' }) }],
    ['reserveStock', 'an order without a key', { orderKey: '', lines: tea }],
    ['reserveStock', 'a time that is over', { lines: tea, expiresAt: '2020-01-01T00:00:00Z' }],
    ['reserveStock', 'a time beyond a year', { lines: tea, expiresAt: '9999-01-01T00:00:00Z' }],
    ['reserveStock', 'a time without a zone', { lines: tea, expiresAt: '2030-01-01T00:00:00' }],
    ['settleReservation', 'no moment', {}],
    ['settleReservation', 'a moment in the future', { handedOverAt: new Date(Date.now() + 6 * 60_000).toISOString() }],
    ['releaseReservation', 'an order that is a number', { orderKey: 7 }],
  ])('of %s refuses %s', async (command, _says, wrong) => {
    expect(await orders.refusal(command, { orderKey: 'A', ...wrong })).toBe('BAD_USER_INPUT');

    expect(await orders.totals()).toEqual([]);
    expect(await orders.statusOf('A')).toBeUndefined();
  });

  it('shows a reservation as it stands', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    await orders.reserve('B', { TEA: '1' }, { expiresAt });

    const { reservation } = await shop.ask('{ reservation(orderKey: "B") }', {}, viewers.internal);

    const held = { sku: 'TEA', productSku: 'TEA', quantity: '1.000', held: '1.000', handedOver: null };
    expect(reservation).toMatchObject({ orderKey: 'B', status: 'RESERVED', expiresAt, handedOverAt: null });
    expect(reservation.lines).toEqual([{ id: expect.any(String), ...held }]);
  });
});

describe('while the catalogue is away', () => {
  it('nothing is reserved, and what was answered is answered again', async () => {
    let isAway = false;
    const flaky = fakeSubgraph((operation, request) =>
      isAway ? Promise.reject(new Error('a secret of ours')) : catalog.execute(operation, request),
    );
    const other = await InventoryHarness.open(flaky);
    const words = new ReservationWords(other);
    await other.apply([['TEA', '9']]);
    const first = await words.reserve('A', { TEA: '1' });
    isAway = true;

    expect(await words.refusal('reserveStock', { orderKey: 'B', lines: linesOf({ TEA: '1' }) })).toBe(
      'SUBGRAPH_UNAVAILABLE',
    );
    expect(await words.reserve('A', { TEA: '1' })).toEqual({ ...first, replayed: true });

    expect(await words.totals()).toEqual(['TEA 1']);
    await other.close();
  });
});
