import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readInventorySettings } from '../env.ts';
import { InventoryHarness, minutesAgo } from '../testing/inventory-harness.ts';
import { forSale, ReservationWords } from '../testing/reservation-words.ts';
import { smallCatalog } from '../testing/small-catalog.ts';
import { expireReservationsJob } from './expire-reservations.job.ts';
import { repairReservedTotalsJob } from './repair-reserved-totals.job.ts';

let shop: InventoryHarness;
let orders: ReservationWords;
let now = Date.now();

beforeAll(async () => {
  shop = await InventoryHarness.open(smallCatalog(forSale('TEA', 'RICE')), readInventorySettings({}), {
    clock: () => now,
    works: true,
  });
  orders = new ReservationWords(shop);
});
beforeEach(async () => {
  now = Date.now();
  await shop.apply([
    ['TEA', '20'],
    ['RICE', '20'],
  ]);
});
afterEach(async () => {
  expect(await orders.check()).toEqual({ drifting: 0, broken: 0 });
  await shop.empty();
});
afterAll(() => shop.close());

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('what is reserved for longer than was meant', () => {
  const minutes = (number: number) => new Date(now + number * 60_000).toISOString();
  const expire = () => shop.subgraph.jobs.send(shop.subgraph.dataSource.manager, expireReservationsJob, {});

  it('is given back by a job, and nothing else is', async () => {
    await orders.reserve('A', { TEA: '3' });
    await orders.reserve('B', { TEA: '2', RICE: '1' }, { expiresAt: minutes(10) });
    await orders.reserve('C', { TEA: '1' }, { expiresAt: minutes(10) });
    await orders.handOver('C', minutesAgo(0));
    await orders.reserve('D', { TEA: '4' }, { expiresAt: minutes(40) });

    now += 29 * 60_000;
    await expire();
    await until(async () => (await orders.statusOf('B')) === 'EXPIRED');
    expect(await orders.totals()).toEqual(['TEA 8']);

    now += 2 * 60_000;
    await expire();
    await until(async () => (await orders.statusOf('A')) === 'EXPIRED');
    expect([await orders.statusOf('C'), await orders.statusOf('D')]).toEqual(['HANDED_OVER', 'RESERVED']);
    expect(await orders.totals()).toEqual(['TEA 5']);
    expect(await orders.ledger('RICE')).toEqual(['RESERVED B 0 → 1', 'EXPIRED B 1 → 0']);
    expect(await orders.release('A')).toMatchObject({ status: 'EXPIRED', replayed: true });
  });

  it('is given back by the hundred, in a few statements', async () => {
    const values = Array.from({ length: 505 }, (_, place) => `ORDER-${place}`);
    await shop.apply([['TEA', '2000']], { observedAt: minutesAgo(0) });
    for (let place = 0; place < values.length; place += 101)
      await Promise.all(values.slice(place, place + 101).map((orderKey) => orders.reserve(orderKey, { TEA: '1' })));
    expect(await orders.totals()).toEqual(['TEA 505']);
    now += 31 * 60_000;
    shop.subgraph.statements();

    await expire();
    await until(async () => (await orders.totals()).length === 0);

    const ends = shop.subgraph.statements().filter((sql) => sql.includes('end_reservations'));
    expect(ends).toHaveLength(2);
  });
});

describe('the repair of reserved totals', () => {
  const repair = async () => {
    const mutation = 'mutation { repairReservedTotals { checked drifts { sku recorded actual } } }';
    return (await shop.ask(mutation, {}, viewers.admin)).repairReservedTotals;
  };
  const drift = () =>
    shop.subgraph.ownerQuery(`
      UPDATE inventory.stock_reserved SET quantity = 1 WHERE product_sku = 'TEA';
      DELETE FROM inventory.stock_reserved WHERE product_sku = 'RICE'`);

  it('finds nothing where nothing has drifted, and writes nothing', async () => {
    await orders.reserve('A', { TEA: '3', RICE: '1' });

    expect(await repair()).toEqual({ checked: 2, drifts: [] });

    expect(await orders.ledger('TEA')).toEqual(['RESERVED A 0 → 3']);
  });

  it('puts right what has drifted, and says what that was', async () => {
    await orders.reserve('A', { TEA: '3', RICE: '1' });
    await drift();

    expect(await repair()).toEqual({
      checked: 2,
      drifts: [
        { sku: 'RICE', recorded: 0, actual: 1 },
        { sku: 'TEA', recorded: 1, actual: 3 },
      ],
    });
    expect(await repair()).toEqual({ checked: 2, drifts: [] });

    expect(await orders.totals()).toEqual(['RICE 1', 'TEA 3']);
    // The ledger goes on from what was found: the check of all tests would see a gap, and is told of this one.
    const entries = await orders.ledger('TEA');
    expect(entries).toEqual(['RESERVED A 0 → 3', 'REPAIRED 1 → 3']);
    await shop.subgraph.ownerQuery("DELETE FROM inventory.stock_ledger WHERE reason = 'REPAIRED'");
  });

  it('comes each night too', async () => {
    await orders.reserve('A', { TEA: '3', RICE: '1' });
    await drift();

    await shop.subgraph.jobs.send(shop.subgraph.dataSource.manager, repairReservedTotalsJob, {});

    await until(async () => (await orders.totals()).length === 2);
    expect(await orders.totals()).toEqual(['RICE 1', 'TEA 3']);
    await shop.subgraph.ownerQuery("DELETE FROM inventory.stock_ledger WHERE reason = 'REPAIRED'");
  });

  it('takes no order on its way for a drift', async () => {
    const buyers = Array.from({ length: 60 }, (_, number) => `ORDER-${number}`);

    const repairs = Promise.all(Array.from({ length: 20 }, repair));
    await Promise.all(
      buyers.map(async (orderKey) => {
        await orders.reserve(orderKey, { TEA: '0.25', RICE: '0.25' });
        await orders.release(orderKey);
      }),
    );

    expect((await repairs).flatMap(({ drifts }) => drifts)).toEqual([]);
  });
});

describe('the ledger of a good that was reserved', () => {
  it('tells staff for which order, and how much is reserved in all', async () => {
    await orders.reserve('A', { TEA: '3' });
    await orders.release('A');
    const query = `{ stockLedger(sku: "TEA", first: 2) { totalCount nodes {
      reason orderKey fromReserved toReserved fromQuantity toQuantity source actor warehouse { id } } } }`;

    const { stockLedger } = await shop.ask(query);

    const common = { orderKey: 'A', fromQuantity: 20, toQuantity: 20, source: 'reservations', actor: 'internal:test' };
    expect(stockLedger).toEqual({
      totalCount: 3,
      nodes: [
        { ...common, reason: 'RELEASED', fromReserved: 3, toReserved: 0, warehouse: null },
        { ...common, reason: 'RESERVED', fromReserved: 0, toReserved: 3, warehouse: null },
      ],
    });
  });
});
