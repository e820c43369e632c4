import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InventoryHarness } from '../testing/inventory-harness.ts';
import {
  happenInShop,
  oughtToBeSettled,
  type Said,
  type ShopEvent,
  shopHistory,
  shuffled,
} from '../testing/reservation-history.ts';
import { forSale, ReservationWords } from '../testing/reservation-words.ts';
import { smallCatalog } from '../testing/small-catalog.ts';
import { storedStocks } from '../testing/stock-history.ts';

let shop: InventoryHarness;
let orders: ReservationWords;

beforeAll(async () => {
  shop = await InventoryHarness.open(smallCatalog(forSale('TEA', 'RICE')));
  orders = new ReservationWords(shop);
  await shop.makeWarehouse('002');
});
afterAll(() => shop.close());

async function begin(): Promise<void> {
  await shop.empty();
  await shop.ask('mutation { setGlobalBuffer(input: { quantity: 1 }) { userErrors { code } } }');
}

interface HeldLine {
  readonly orderKey: string;
  readonly status: string;
  readonly sku: string;
  readonly quantity: number;
  readonly held: number;
}

/** Every line that was granted. */
const lines = () =>
  shop.subgraph.ownerQuery<HeldLine>(`
    SELECT order_key AS "orderKey", status, product_sku AS sku, quantity::float8 AS quantity, held::float8 AS held
    FROM inventory.reservations JOIN inventory.reservation_lines USING (order_key)
    ORDER BY order_key, number`);

/** What holds in every state, whatever happened before. */
async function mustHold(): Promise<void> {
  expect(await orders.check()).toEqual({ drifting: 0, broken: 0 });
  for (const sku of ['TEA', 'RICE']) expect(await shop.availableOnline(sku)).toBeGreaterThanOrEqual(0);
  for (const { status, quantity, held } of await lines()) {
    if (status === 'RESERVED') expect(held).toBe(quantity);
    if (status === 'RELEASED' || status === 'EXPIRED' || status === 'SETTLED') expect(held).toBe(0);
  }
}

/** What ought to be held of each good that was granted, told from what was answered. */
function expectedHeld(events: readonly ShopEvent[], answers: readonly Said[]): string[] {
  const state = new Map<string, { status: string; wanted: Readonly<Record<string, string>>; minute: number }>();
  events.forEach((event, place) => {
    if (event.kind === 'count' || event.kind === 'appear') return;
    const { orderKey } = event;
    const known = state.get(orderKey);
    if (event.kind === 'reserve' && answers[place]?.status === 'RESERVED' && !known)
      state.set(orderKey, { status: 'RESERVED', wanted: event.wanted, minute: 0 });
    if (event.kind === 'release' && known?.status === 'RESERVED') known.status = 'RELEASED';
    if (event.kind === 'expire' && known?.status === 'RESERVED') known.status = 'EXPIRED';
    if (event.kind === 'handOver' && (known?.status === 'RESERVED' || known?.status === 'EXPIRED')) {
      known.status = 'HANDED_OVER';
      known.minute = event.minute;
    }
  });
  const held = [...state].flatMap(([orderKey, { status, wanted, minute }]) =>
    Object.entries(wanted).map(([sku, quantity]) => {
      const isHeld = status === 'RESERVED' || (status === 'HANDED_OVER' && !oughtToBeSettled(events, sku, minute));
      return `${orderKey} ${sku} ${isHeld ? Number(quantity) : 0}`;
    }),
  );
  return held.toSorted();
}

const storedHeld = async () =>
  (await lines()).map(({ orderKey, sku, held }) => `${orderKey} ${sku} ${held}`).toSorted();

it('loses no reservation and is never below zero, whatever comes in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(shopHistory, async (events) => {
      await begin();
      const answers: Said[] = [];

      for (const event of events) {
        answers.push(await happenInShop(shop, orders, event));
        await mustHold();
      }

      expect(await storedHeld()).toEqual(expectedHeld(events, answers));
    }),
    { numRuns: 40 },
  );
});

it('ends alike in whatever order counts and handovers are told, and with any repetition', async () => {
  const reserved = shopHistory.chain((events) => {
    const grants = events.filter(({ kind }) => kind === 'reserve');
    const rest = events.filter(({ kind }) => kind !== 'reserve' && kind !== 'expire' && kind !== 'release');
    // An order is handed over at one time, however often that is told.
    const first = new Map<string, number>();
    const told = rest.map((event) => {
      if (event.kind !== 'handOver') return event;
      const minute = first.get(event.orderKey) ?? event.minute;
      first.set(event.orderKey, minute);
      return { ...event, minute };
    });
    return fc.tuple(fc.constant(grants), fc.constant(told), shuffled(told));
  });
  await fc.assert(
    fc.asyncProperty(reserved, async ([grants, told, otherwise]) => {
      const ends: unknown[] = [];
      for (const events of [told, otherwise]) {
        await begin();
        const full = [
          ['TEA', '99', '1'],
          ['RICE', '99', '1'],
        ] as const;
        await shop.apply(full, { observedAt: new Date(Date.now() - 120 * 60_000).toISOString() });
        for (const event of [...grants, ...events]) await happenInShop(shop, orders, event);
        await mustHold();
        ends.push([await storedStocks(shop), await storedHeld(), await orders.totals()]);
      }
      expect(ends[1]).toEqual(ends[0]);
    }),
    { numRuns: 40 },
  );
});

it('adds up when everything happens at once', async () => {
  await fc.assert(
    fc.asyncProperty(shopHistory, async (events) => {
      await begin();

      await Promise.all(events.map((event) => happenInShop(shop, orders, event)));

      await mustHold();
    }),
    { numRuns: 40 },
  );
});
