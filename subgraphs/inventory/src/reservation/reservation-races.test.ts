import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo, runId } from '../testing/inventory-harness.ts';
import { forSale, ReservationWords } from '../testing/reservation-words.ts';
import { smallCatalog } from '../testing/small-catalog.ts';

const skus = Array.from({ length: 6 }, (_, place) => `GOOD-${place}`);
let shop: InventoryHarness;
let orders: ReservationWords;
let second: string;

beforeAll(async () => {
  shop = await InventoryHarness.open(smallCatalog(forSale(...skus)));
  orders = new ReservationWords(shop);
  second = await shop.makeWarehouse('002');
});
afterEach(async () => {
  expect(await orders.check()).toEqual({ drifting: 0, broken: 0 });
  await shop.empty();
});
afterAll(() => shop.close());

const buyers = Array.from({ length: 200 }, (_, number) => `ORDER-${number}`);
const statusesOf = (answers: readonly { status: string }[]) => {
  const count = (status: string) => answers.filter((answer) => answer.status === status).length;
  return { reserved: count('RESERVED'), refused: count('REFUSED') };
};

describe('two hundred buyers of the last piece', () => {
  // The buffer of 5 is the shop's own: every feed leaves one piece at most, and in the end one.
  const feeds: [says: string, feed: () => Promise<unknown>][] = [
    [
      'says the same again and again',
      async () => {
        for (let turn = 1; turn <= 20; turn += 1)
          await shop.apply([['GOOD-0', '6']], { observedAt: minutesAgo(30 - turn), runId: runId(turn) });
      },
    ],
    [
      'wavers between the last piece and none',
      async () => {
        for (let turn = 1; turn <= 21; turn += 1)
          await shop.apply([['GOOD-0', turn % 2 ? '6' : '5']], { observedAt: minutesAgo(30 - turn) });
      },
    ],
    [
      'moves the last piece to and fro between warehouses',
      async () => {
        for (let turn = 1; turn <= 20; turn += 1)
          await shop.apply(
            [
              ['GOOD-0', turn % 2 ? '0' : '6'],
              ['GOOD-0', turn % 2 ? '6' : '0', second],
            ],
            { observedAt: minutesAgo(30 - turn) },
          );
      },
    ],
    [
      'comes in any order, all at once',
      () =>
        Promise.all(
          Array.from({ length: 20 }, (_, turn) =>
            shop.apply([['GOOD-0', turn % 3 === 2 ? '6' : '5']], { observedAt: minutesAgo(29 - ((turn * 7) % 20)) }),
          ),
        ),
    ],
  ];

  it.each(feeds)(
    'make one order while a feed %s',
    async (_says, feed) => {
      await shop.apply([['GOOD-0', '6']], { observedAt: minutesAgo(60) });
      // The good has a total already: nobody waits for who makes it.
      await orders.reserve('BEFORE', { 'GOOD-0': '1' });
      await orders.release('BEFORE');

      const [answers] = await Promise.all([
        Promise.all(buyers.map((orderKey) => orders.reserve(orderKey, { 'GOOD-0': '1' }))),
        feed(),
      ]);

      expect(statusesOf(answers)).toEqual({ reserved: 1, refused: 199 });
      expect(await orders.totals()).toEqual(['GOOD-0 1']);
      expect(await shop.availableOnline('GOOD-0')).toBe(0);
    },
    60_000,
  );

  it('get no more than there is when they want different amounts', async () => {
    await shop.apply([['GOOD-0', '25']]);

    const answers = await Promise.all(
      buyers.map((orderKey, place) => orders.reserve(orderKey, { 'GOOD-0': String((place % 3) + 0.5) })),
    );

    const taken = answers
      .filter(({ status }) => status === 'RESERVED')
      .reduce((sum, { lines }) => sum + Number(lines[0].quantity), 0);
    expect(taken).toBe(20);
    expect([await orders.totals(), await shop.availableOnline('GOOD-0')]).toEqual([['GOOD-0 20'], 0]);
  });
});

describe('orders of several goods', () => {
  it('never wait for each other in a circle, whatever order their lines are in', async () => {
    await shop.apply(
      skus.map((sku) => [sku, '65'] as const),
      { observedAt: minutesAgo(60) },
    );
    const inTurn = (place: number) => (place % 2 ? skus : skus.toReversed());

    const answers = await Promise.all(
      buyers.map((orderKey, place) =>
        orders.reserve(orderKey, Object.fromEntries(inTurn(place).map((sku) => [sku, '1']))),
      ),
    );

    expect(statusesOf(answers)).toEqual({ reserved: 60, refused: 140 });
    expect(await orders.totals()).toEqual(skus.map((sku) => `${sku} 60`));
    const deadlocks = await shop.subgraph.ownerQuery<{ count: number }>(
      'SELECT deadlocks::int AS count FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(deadlocks).toEqual([{ count: 0 }]);
  });

  it('are reserved, released, handed over, counted and renamed at once, and add up', async () => {
    await shop.apply(
      skus.map((sku) => [sku, '200'] as const),
      { observedAt: minutesAgo(60) },
    );
    const wanted = (place: number) =>
      Object.fromEntries((place % 2 ? skus : skus.toReversed()).slice(0, 3).map((sku) => [sku, '1']));
    const life = async (orderKey: string, place: number) => {
      const { status } = await orders.reserve(orderKey, wanted(place));
      if (status !== 'RESERVED') return;
      if (place % 3 === 0) await orders.release(orderKey);
      if (place % 3 === 1) await orders.handOver(orderKey, minutesAgo(30));
    };
    const counts = async () => {
      for (let turn = 1; turn <= 15; turn += 1) {
        const ordered = turn % 2 ? skus : skus.toReversed();
        await shop.apply(
          ordered.map((sku) => [sku, '200'] as const),
          { observedAt: minutesAgo(30 - turn) },
        );
      }
    };
    const renames = async () => {
      await shop.apply([], { appeared: [{ sku: 'GOOD-5-NEW', barcode: null, formerSku: 'GOOD-5' }] });
      await shop.apply([], { appeared: [{ sku: 'GOOD-1-NEW', barcode: null, formerSku: 'GOOD-1' }] });
    };

    await Promise.all([...buyers.map(life), counts(), renames()]);

    // A last count settles what was handed over after all others.
    await shop.apply(
      skus.map((sku) => [sku, '200'] as const),
      { observedAt: minutesAgo(1) },
    );
    const rows = await shop.subgraph.ownerQuery<{ status: string; count: number }>(
      'SELECT status, count(*)::int AS count FROM inventory.reservations GROUP BY status ORDER BY status',
    );
    expect(rows).toEqual([
      { status: 'RELEASED', count: 67 },
      { status: 'RESERVED', count: 66 },
      { status: 'SETTLED', count: 67 },
    ]);
    const deadlocks = await shop.subgraph.ownerQuery<{ count: number }>(
      'SELECT deadlocks::int AS count FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(deadlocks).toEqual([{ count: 0 }]);
  });
});

describe('the guard of the totals', () => {
  it.each([
    ['takes more than was granted', 'quantity = quantity + 1', 'stock_reserved_not_oversold'],
    ['gives back more than is held', 'quantity = -1', 'stock_reserved_not_negative'],
  ])('stops a hand that %s', async (_says, change, constraint) => {
    await shop.apply([['GOOD-0', '6']]);
    await orders.reserve('A', { 'GOOD-0': '1' });

    await expect(shop.subgraph.dataSource.query(`UPDATE stock_reserved SET ${change}`)).rejects.toThrow(constraint);

    expect(await orders.totals()).toEqual(['GOOD-0 1']);
  });
});
