import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo, runId } from '../testing/inventory-harness.ts';
import { forSale, linesOf, ReservationWords } from '../testing/reservation-words.ts';
import { smallCatalog } from '../testing/small-catalog.ts';

let shop: InventoryHarness;
let orders: ReservationWords;
let second: string;

beforeAll(async () => {
  shop = await InventoryHarness.open(smallCatalog(forSale('TEA', 'RICE')));
  orders = new ReservationWords(shop);
  second = await shop.makeWarehouse('002');
});
afterEach(async () => {
  expect(await orders.check()).toEqual({ drifting: 0, broken: 0 });
  await shop.empty();
});
afterAll(() => shop.close());

/** TEA 20 in one warehouse, counted an hour ago, of which 3 are reserved for A. */
async function reserved(): Promise<void> {
  await shop.apply([['TEA', '20']], { observedAt: minutesAgo(60) });
  await orders.reserve('A', { TEA: '3' });
}

describe('a handover', () => {
  it('stays subtracted until a count that was observed after it', async () => {
    await reserved();

    expect(await orders.handOver('A', minutesAgo(30))).toMatchObject({ status: 'HANDED_OVER', replayed: false });
    expect(await shop.availableOnline('TEA')).toBe(12);

    await shop.apply([['TEA', '19']], { observedAt: minutesAgo(31) });
    expect([await orders.statusOf('A'), await shop.availableOnline('TEA')]).toEqual(['HANDED_OVER', 11]);

    await shop.apply([['TEA', '16']], { observedAt: minutesAgo(29) });
    expect([await orders.statusOf('A'), await shop.availableOnline('TEA')]).toEqual(['SETTLED', 11]);
    expect(await orders.ledger('TEA')).toEqual(['RESERVED A 0 → 3', 'HANDED_OVER A 3 → 3', 'SETTLED A 3 → 0']);
  });

  it('is settled by a count that changes nothing', async () => {
    await reserved();
    await orders.handOver('A', minutesAgo(2));

    expect(await shop.apply([['TEA', '20']], { observedAt: minutesAgo(1) })).toEqual(['UNCHANGED']);

    expect([await orders.statusOf('A'), await orders.totals()]).toEqual(['SETTLED', []]);
  });

  it('is settled at once when it is told of later than it was counted', async () => {
    await reserved();
    await shop.apply([['TEA', '20']], { observedAt: minutesAgo(10) });
    await shop.apply([['TEA', '20']], { observedAt: minutesAgo(9) });

    expect(await orders.handOver('A', minutesAgo(10))).toMatchObject({ status: 'SETTLED' });

    expect(await orders.totals()).toEqual([]);
  });

  it('waits for every warehouse that holds the good, and for no other', async () => {
    await shop.apply(
      [
        ['TEA', '20'],
        ['TEA', '4', second],
        ['RICE', '20'],
        ['RICE', '0', second],
      ],
      { observedAt: minutesAgo(60) },
    );
    await orders.reserve('A', { TEA: '3', RICE: '2' });
    await orders.handOver('A', minutesAgo(30));

    await shop.apply(
      [
        ['TEA', '17'],
        ['RICE', '18'],
      ],
      { observedAt: minutesAgo(20) },
    );
    expect([await orders.statusOf('A'), await orders.totals()]).toEqual(['HANDED_OVER', ['TEA 3']]);

    await shop.apply([['TEA', '4', second]], { observedAt: minutesAgo(10) });
    expect([await orders.statusOf('A'), await orders.totals()]).toEqual(['SETTLED', []]);
  });

  it('is settled by a count that finds nothing left', async () => {
    await reserved();
    await orders.handOver('A', minutesAgo(30));

    await shop.apply([['TEA', '0']], { observedAt: minutesAgo(31) });
    expect(await orders.statusOf('A')).toBe('HANDED_OVER');

    await shop.apply([['TEA', '0']], { observedAt: minutesAgo(29) });
    expect(await orders.statusOf('A')).toBe('SETTLED');
  });

  it('waits again when a late count finds the good in one more warehouse', async () => {
    await reserved();
    await orders.handOver('A', minutesAgo(30));
    await shop.apply([['TEA', '17']], { observedAt: minutesAgo(20) });
    expect(await orders.statusOf('A')).toBe('SETTLED');

    await shop.apply([['TEA', '8', second]], { observedAt: minutesAgo(40) });
    expect([await orders.statusOf('A'), await orders.totals()]).toEqual(['HANDED_OVER', ['TEA 3']]);

    await shop.apply([['TEA', '5', second]], { observedAt: minutesAgo(10) });
    expect([await orders.statusOf('A'), await orders.totals()]).toEqual(['SETTLED', []]);
  });

  it.each([true, false])('is settled by a snapshot, whether or not it mentions the good: %s', async (mentions) => {
    await reserved();
    await orders.handOver('A', minutesAgo(30));
    const run = { source: 'scraper', runId: runId(2), observedAt: minutesAgo(5) };
    await shop.apply([[mentions ? 'TEA' : 'RICE', '17']], { ...run, mode: 'SNAPSHOT' });

    await shop.snapshot({ ...run, dryRun: true });
    expect(await orders.statusOf('A')).toBe(mentions ? 'SETTLED' : 'HANDED_OVER');
    await shop.snapshot({ ...run, dryRun: false });

    expect([await orders.statusOf('A'), await orders.totals()]).toEqual(['SETTLED', []]);
  });

  it('of a part gives the rest back', async () => {
    await shop.apply(
      [
        ['TEA', '20'],
        ['RICE', '20'],
      ],
      { observedAt: minutesAgo(60) },
    );
    await orders.reserve('A', { TEA: '3', RICE: '2' });

    const answer = await orders.handOver('A', minutesAgo(30), { TEA: '1.5' });

    expect(answer.lines).toMatchObject([
      { sku: 'TEA', quantity: '3.000', held: '1.500', handedOver: '1.500' },
      { sku: 'RICE', quantity: '2.000', held: '0.000', handedOver: '0.000' },
    ]);
    expect(await orders.totals()).toEqual(['TEA 1.5']);
    expect(await orders.ledger('RICE')).toEqual(['RESERVED A 0 → 2', 'RELEASED A 2 → 0']);
  });

  it('of nothing leaves nothing to wait for', async () => {
    await reserved();

    expect(await orders.handOver('A', minutesAgo(30), { TEA: '0' })).toMatchObject({ status: 'SETTLED' });

    expect(await orders.totals()).toEqual([]);
  });

  it('is told twice and happens once', async () => {
    await reserved();
    const { replayed: _, ...first } = await orders.handOver('A', minutesAgo(30));

    expect(await orders.handOver('A', minutesAgo(3), { TEA: '3' })).toEqual({ ...first, replayed: true });
    expect(
      await orders.refusal('settleReservation', {
        orderKey: 'A',
        handedOverAt: minutesAgo(3),
        lines: linesOf({ TEA: '2' }),
      }),
    ).toBe('IDEMPOTENCY_KEY_REUSED');

    expect(await orders.totals()).toEqual(['TEA 3']);
    expect(await orders.ledger('TEA')).toEqual(['RESERVED A 0 → 3', 'HANDED_OVER A 3 → 3']);
  });

  it.each([
    ['more than was reserved', { TEA: '3.001' }],
    ['what was not reserved', { RICE: '1' }],
  ])('of %s is refused', async (_says, wanted) => {
    await reserved();
    const input = { orderKey: 'A', handedOverAt: minutesAgo(1), lines: linesOf(wanted) };

    expect(await orders.refusal('settleReservation', input)).toBe('BAD_USER_INPUT');

    expect([await orders.statusOf('A'), await orders.totals()]).toEqual(['RESERVED', ['TEA 3']]);
  });

  it('of what was released, or never reserved, is refused', async () => {
    await reserved();
    await orders.release('A');
    const handedOverAt = minutesAgo(1);

    expect(await orders.refusal('settleReservation', { orderKey: 'A', handedOverAt })).toBe('CONFLICT');
    expect(await orders.refusal('settleReservation', { orderKey: 'B', handedOverAt })).toBe('NOT_FOUND');

    expect(await orders.totals()).toEqual([]);
  });

  it('of what expired meanwhile is subtracted all the same', async () => {
    await reserved();
    await shop.subgraph.dataSource.query("SELECT end_reservations('{A}', 'EXPIRED', 'me', now())");
    await orders.reserve('B', { TEA: '15' });

    expect(await orders.handOver('A', minutesAgo(30))).toMatchObject({ status: 'HANDED_OVER' });

    expect([await orders.totals(), await shop.availableOnline('TEA')]).toEqual([['TEA 18'], 0]);
    await shop.apply([['TEA', '17']], { observedAt: minutesAgo(20) });
    expect(await orders.totals()).toEqual(['TEA 15']);
  });

  it('costs its batch nothing where nothing was handed over', async () => {
    await reserved();
    shop.subgraph.statements();

    await shop.apply([['TEA', '20']], { observedAt: minutesAgo(1) });

    expect(shop.subgraph.statements()).toHaveLength(4);
  });
});
