import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo } from '../testing/inventory-harness.ts';
import { forSale, linesOf, ReservationWords } from '../testing/reservation-words.ts';
import { smallCatalog } from '../testing/small-catalog.ts';

const dairy = '00000000-0000-4000-8000-00000000da1f';
const catalog = smallCatalog(
  [
    ...forSale('RICE', 'SALT', 'TEA'),
    { sku: 'MILK', isAvailable: true, categoryPath: [dairy] },
    { sku: 'OFF-SALE', isAvailable: false, categoryPath: [] },
  ],
  [dairy],
);
let shop: InventoryHarness;
let orders: ReservationWords;
let second: string;

beforeAll(async () => {
  shop = await InventoryHarness.open(catalog);
  orders = new ReservationWords(shop);
  second = await shop.makeWarehouse('002');
});
// A buffer of 5 is the shop's own: 5 of TEA are left for buyers, 2 of RICE.
beforeEach(() =>
  shop.apply([
    ['TEA', '6'],
    ['TEA', '4', second],
    ['RICE', '7'],
    ['OFF-SALE', '90'],
  ]),
);
afterEach(async () => {
  expect(await orders.check()).toEqual({ drifting: 0, broken: 0 });
  await shop.empty();
});
afterAll(() => shop.close());

const line = (sku: string, quantity: string, outcome: string, available: string) => ({
  sku,
  quantity,
  outcome,
  available,
});

describe('a reservation', () => {
  it('keeps every line of an order, and says what there was for it', async () => {
    const answer = await orders.reserve('A', { TEA: '3', RICE: '0.5' });

    const lines = [line('TEA', '3.000', 'RESERVED', '5.000'), line('RICE', '0.500', 'RESERVED', '2.000')];
    expect(answer).toEqual({ status: 'RESERVED', replayed: false, lines });
    expect(await orders.totals()).toEqual(['RICE 0.5', 'TEA 3']);
    expect([await shop.availableOnline('TEA'), await shop.availableOnline('RICE')]).toEqual([2, 1.5]);
  });

  it('keeps nothing where one line cannot be had, and answers each', async () => {
    const answer = await orders.reserve('A', { TEA: '1', RICE: '2.001', 'OFF-SALE': '1', GHOST: '1', SALT: '1' });

    expect(answer).toEqual({
      status: 'REFUSED',
      replayed: false,
      lines: [
        line('TEA', '1.000', 'RESERVED', '5.000'),
        line('RICE', '2.001', 'INSUFFICIENT', '2.000'),
        line('OFF-SALE', '1.000', 'NOT_AVAILABLE', '0.000'),
        line('GHOST', '1.000', 'UNKNOWN_PRODUCT', '0.000'),
        line('SALT', '1.000', 'INSUFFICIENT', '0.000'),
      ],
    });
    expect(await orders.totals()).toEqual([]);
    expect(await orders.statusOf('A')).toBeUndefined();
    expect(await orders.ledger('TEA')).toEqual([]);
  });

  it('takes what the lines of one good add up to', async () => {
    const twice = [...linesOf({ TEA: '3' }), ...linesOf({ ' TEA ': '2.001' })];

    const { data } = await orders.say('reserveStock', { orderKey: 'A', lines: twice });

    expect(data.answer.lines).toEqual([line('TEA', '5.001', 'INSUFFICIENT', '5.000')]);
  });

  it.each([
    ['5', 'RESERVED'],
    ['5.001', 'REFUSED'],
  ])('of %s of the last 5 is %s', async (quantity, status) => {
    expect((await orders.reserve('A', { TEA: quantity })).status).toBe(status);
  });

  it('leaves the nearest buffer in the shop', async () => {
    await shop.apply([['MILK', '10']]);
    await shop.ask(
      `mutation { setCategoryBuffer(input: { categoryId: "${dairy}", quantity: 8 }) { userErrors { code } } }`,
    );

    expect((await orders.reserve('A', { MILK: '3' })).lines).toEqual([line('MILK', '3.000', 'INSUFFICIENT', '2.000')]);
  });

  it('is asked for twice and made once', async () => {
    const first = await orders.reserve('A', { TEA: '3', RICE: '1' });

    const again = await orders.reserve('A', { RICE: '1.0', TEA: '3.000' });

    expect(again).toEqual({ ...first, replayed: true });
    expect(await orders.totals()).toEqual(['RICE 1', 'TEA 3']);
    expect(await orders.ledger('TEA')).toEqual(['RESERVED A 0 → 3']);
  });

  it('is made once when it is asked for ten times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => orders.reserve('A', { TEA: '3' })));

    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['RESERVED']));
    expect(await orders.totals()).toEqual(['TEA 3']);
  });

  it('refuses other lines under its key, and stays', async () => {
    await orders.reserve('A', { TEA: '3' });

    for (const lines of [linesOf({ TEA: '4' }), linesOf({ TEA: '3', RICE: '1' }), linesOf({ RICE: '3' })])
      expect(await orders.refusal('reserveStock', { orderKey: 'A', lines })).toBe('IDEMPOTENCY_KEY_REUSED');

    expect(await orders.totals()).toEqual(['TEA 3']);
  });

  it('may be tried again after a refusal, under the same key', async () => {
    expect((await orders.reserve('A', { SALT: '1' })).status).toBe('REFUSED');
    await shop.apply([['SALT', '6']]);

    expect(await orders.reserve('A', { SALT: '1' })).toMatchObject({ status: 'RESERVED', replayed: false });
  });

  it.each(['RELEASED', 'EXPIRED', 'HANDED_OVER'])('that is %s is not made anew', async (status) => {
    await orders.reserve('A', { TEA: '3' });
    if (status === 'RELEASED') await orders.release('A');
    if (status === 'HANDED_OVER') await orders.handOver('A', minutesAgo(0));
    if (status === 'EXPIRED')
      await shop.subgraph.dataSource.query("SELECT end_reservations('{A}', 'EXPIRED', 'me', now())");
    const before = await orders.totals();

    const { errors } = await orders.say('reserveStock', { orderKey: 'A', lines: linesOf({ TEA: '3' }) });

    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['CONFLICT']);
    expect(errors?.[0]?.message).toMatch(/^The reservation of A (was released|has expired|was handed over): /);
    expect(await orders.totals()).toEqual(before);
  });

  it('costs three statements, and one that enqueues what changed', async () => {
    const verbs = () => shop.subgraph.statements().map((sql) => sql.trim().split(/\s+/)[0]);
    await orders.reserve('A', { TEA: '1' });
    verbs();

    await orders.reserve('B', { TEA: '1', RICE: '1' });
    expect(verbs()).toEqual(['START', 'WITH', 'SELECT', 'COMMIT']);

    await orders.reserve('C', { TEA: '90' });
    expect(verbs()).toEqual(['START', 'WITH', 'SELECT', 'ROLLBACK']);
  });
});

describe('a release', () => {
  it('gives everything back, once', async () => {
    await orders.reserve('A', { TEA: '3', RICE: '1' });

    expect(await orders.release('A')).toMatchObject({ orderKey: 'A', status: 'RELEASED', replayed: false });
    expect(await orders.release('A')).toMatchObject({ status: 'RELEASED', replayed: true });

    expect(await orders.totals()).toEqual([]);
    expect(await shop.availableOnline('TEA')).toBe(5);
    expect(await orders.ledger('TEA')).toEqual(['RESERVED A 0 → 3', 'RELEASED A 3 → 0']);
  });

  it('of nothing is NOT_FOUND', async () => {
    expect(await orders.refusal('releaseReservation', { orderKey: 'NONE' })).toBe('NOT_FOUND');
  });

  it('comes too late once the goods have left', async () => {
    await orders.reserve('A', { TEA: '3' });
    await orders.handOver('A', minutesAgo(0));

    expect(await orders.refusal('releaseReservation', { orderKey: 'A' })).toBe('CONFLICT');

    expect(await orders.totals()).toEqual(['TEA 3']);
  });
});

describe('what can be bought', () => {
  const announced = async () => {
    const jobs = await shop.subgraph.ownerQuery<{ skus: string }>(
      `SELECT array_to_string(ARRAY(SELECT jsonb_array_elements_text(data::jsonb -> 'skus') ORDER BY 1), ' ') AS skus
       FROM jobs.job WHERE name = 'announce-availability' ORDER BY created_on, id`,
    );
    return jobs.map(({ skus }) => skus);
  };
  const after = async (what: () => Promise<unknown>) => {
    const before = await announced();
    await what();
    return (await announced()).slice(before.length);
  };

  it('is announced where more or less is held than before, and only there', async () => {
    expect(await after(() => orders.reserve('A', { TEA: '2', RICE: '1' }))).toEqual(['RICE TEA']);
    expect(await after(() => orders.reserve('A', { TEA: '2', RICE: '1' }))).toEqual([]);
    expect(await after(() => orders.reserve('B', { TEA: '90' }))).toEqual([]);
    expect(await after(() => orders.handOver('A', minutesAgo(0), { TEA: '2' }))).toEqual(['RICE']);
    expect(await after(() => orders.reserve('C', { TEA: '1' }))).toEqual(['TEA']);
    expect(await after(() => orders.release('C'))).toEqual(['TEA']);
    expect(await after(() => orders.release('C'))).toEqual([]);
    const future = new Date(Date.now() + 1_000).toISOString();
    const rows = [['TEA', '6'] as const, ['TEA', '4', second] as const];
    expect(await after(() => shop.apply(rows, { observedAt: future }))).toEqual(['TEA']);
  });
});
