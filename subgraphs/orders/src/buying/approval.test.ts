import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cod, tea } from '../testing/fake-market.ts';
import { bistroId, Market, people } from '../testing/market.ts';
import { expireApproval } from './approval.service.ts';

let market: Market;
beforeAll(async () => {
  market = await Market.open({ works: true, settings: { ORDER_RESUME_SECONDS: 3_600 } });
});
afterEach(async () => {
  await market.subgraph.ownerQuery('DELETE FROM orders.spend_limits');
  await market.empty();
});
afterAll(() => market.close());

type Person = (typeof people)[keyof typeof people];

const limit = async (given: object | null, viewer: Person = people.anna) =>
  (
    await market.ask(
      `mutation ($limit: SpendLimitInput) { setSpendLimit(limit: $limit) { spendLimit { amount currencyCode } userErrors { code field } } }`,
      { limit: given },
      viewer,
    )
  ).setSpendLimit;

const fields = `order { id status refusal placedAt supplierOrders { status }
  approval { decision reason decidedBy { id } expiresAt limit { amount } } } userErrors { code field }`;

const place = async (viewer: Person = people.ben, idempotencyKey = 'one') => {
  await market.add(
    [
      [cod, '3'],
      [tea, '2'],
    ],
    viewer,
  );
  const mutation = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { ${fields} } }`;
  return (await market.ask(mutation, { input: { idempotencyKey } }, viewer)).placeOrder.order;
};

const approve = async (id: string, viewer: Person = people.anna) =>
  (await market.ask(`mutation ($id: ID!) { approveOrder(orderId: $id) { ${fields} } }`, { id }, viewer)).approveOrder;

const decline = async (id: string, reason: string, viewer: Person = people.anna) =>
  (
    await market.ask(
      `mutation ($id: ID!, $reason: String) { declineOrder(orderId: $id, reason: $reason) { ${fields} } }`,
      { id, reason },
      viewer,
    )
  ).declineOrder;

/** Waits until the jobs of what was decided are done. */
async function released(): Promise<void> {
  while (market.inventory.held().length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('a spend limit', () => {
  it('is set by the restaurant’s ADMINs, and read by its people', async () => {
    expect(await limit({ amount: '50', currencyCode: 'EUR' })).toEqual({
      spendLimit: { amount: '50.00', currencyCode: 'EUR' },
      userErrors: [],
    });

    const read = async (viewer: Person) => (await market.ask('{ spendLimit { amount } }', {}, viewer)).spendLimit;
    expect(await read(people.ben)).toEqual({ amount: '50.00' });
    expect([await read(people.tom), await read(people.carl), await read(people.fay)]).toEqual([null, null, null]);
    expect((await limit(null)).spendLimit).toBeNull();
    const acts = await market.subgraph.ownerQuery<{ action: string }>(
      `SELECT data ->> 'action' AS action FROM jobs.job WHERE name = 'record-audit' ORDER BY created_on, id`,
    );
    expect(acts).toEqual([{ action: 'spend-limit.set' }, { action: 'spend-limit.clear' }]);
  });

  it.each(['ben', 'carl', 'fay', 'staff', 'admin', 'anonymous', 'service'] as const)(
    'is not set by %s',
    async (who) => {
      const { errors } = await market.subgraph.execute(
        'mutation { setSpendLimit(limit: { amount: "1", currencyCode: "EUR" }) { userErrors { code } } }',
        {},
        people[who],
      );

      expect(errors).toHaveLength(1);
      expect(await market.subgraph.ownerQuery('SELECT FROM orders.spend_limits')).toEqual([]);
    },
  );

  it.each([
    [{ amount: '-1', currencyCode: 'EUR' }, 'BAD_AMOUNT'],
    [{ amount: '1.001', currencyCode: 'EUR' }, 'BAD_AMOUNT'],
    [{ amount: '1', currencyCode: 'euro' }, 'BAD_CURRENCY'],
  ])('of %j is refused with %s', async (given, code) => {
    expect(await limit(given)).toMatchObject({ spendLimit: null, userErrors: [{ code }] });
  });
});

describe('an order over the limit', () => {
  it('waits, with its goods reserved, and tells the admins', async () => {
    await limit({ amount: '48.67', currencyCode: 'EUR' });

    const order = await place();

    expect(order).toMatchObject({
      status: 'AWAITING_APPROVAL',
      placedAt: null,
      supplierOrders: [{ status: 'PENDING' }, { status: 'PENDING' }],
      approval: { decision: null, limit: { amount: '48.67' }, expiresAt: '2026-11-23T18:00:00.000Z' },
    });
    expect(market.inventory.held()).toHaveLength(1);
    expect(await market.told('tell-live-approval-requested')).toEqual([
      expect.objectContaining({
        orderId: order.id,
        buyer: { kind: 'ORGANIZATION', id: bistroId },
        requestedBy: people.ben.userId,
        total: '48.68',
      }),
    ]);
    expect(await market.told('tell-live-order-placed')).toEqual([]);
    expect((await market.ask('{ cart { lines { id } } }', {}, people.ben)).cart.lines).toEqual([]);
  });

  it('is none for an ADMIN, for another restaurant, and at exactly the limit', async () => {
    await limit({ amount: '48.68', currencyCode: 'EUR' });
    expect((await place(people.ben)).status).toBe('PLACED');

    await limit({ amount: '1', currencyCode: 'EUR' });
    expect((await place(people.anna, 'two')).status).toBe('PLACED');
    expect((await place(people.tom)).status).toBe('PLACED');
  });

  it('in another currency than the limit’s always waits', async () => {
    await limit({ amount: '1000000', currencyCode: 'USD' });

    expect((await place()).status).toBe('AWAITING_APPROVAL');
  });

  it('is placed once, however many admins approve it at once', async () => {
    await limit({ amount: '1', currencyCode: 'EUR' });
    const { id } = await place();

    const answers = await Promise.all([approve(id), approve(id), approve(id)]);

    for (const { order, userErrors } of answers) {
      expect(userErrors).toEqual([]);
      expect(order).toMatchObject({
        status: 'PLACED',
        approval: { decision: 'APPROVED', decidedBy: { id: people.anna.userId } },
      });
    }
    expect(await market.told('tell-live-order-placed')).toHaveLength(1);
    expect((await decline(id, 'Too late')).userErrors).toEqual([{ code: 'NOT_AWAITING_APPROVAL', field: ['orderId'] }]);
  });

  it('that is declined gives its goods back', async () => {
    await limit({ amount: '1', currencyCode: 'EUR' });
    const { id } = await place();

    const { order } = await decline(id, 'We have plenty');
    await released();

    expect(order).toMatchObject({
      status: 'REFUSED',
      refusal: 'DECLINED',
      supplierOrders: [{ status: 'REFUSED' }, { status: 'REFUSED' }],
      approval: { decision: 'DECLINED', reason: 'We have plenty' },
    });
    expect(market.inventory.stock.get('TEA')).toBe(10);
    expect((await approve(id)).userErrors).toEqual([{ code: 'NOT_AWAITING_APPROVAL', field: ['orderId'] }]);
  });

  it('that nobody approves in time comes to nothing', async () => {
    await limit({ amount: '1', currencyCode: 'EUR' });
    const { id } = await place();
    market.now += 24 * 3_600_000;

    expect((await approve(id)).userErrors).toEqual([{ code: 'NOT_AWAITING_APPROVAL', field: ['orderId'] }]);
    const { dataSource, jobs } = market.subgraph;
    await expireApproval({ manager: dataSource.manager, jobs, clock: () => market.now }, id);
    await released();

    const { order } = await market.ask(`query ($id: ID!) { order(id: $id) { status refusal approval { decision } } }`, {
      id,
    });
    expect(order).toEqual({ status: 'REFUSED', refusal: 'APPROVAL_EXPIRED', approval: { decision: 'EXPIRED' } });
  });

  it('waits no longer than until the first cut-off of its suppliers', async () => {
    await limit({ amount: '1', currencyCode: 'EUR' });

    const order = await place();
    await market.add([[tea, '1']], people.ben);
    const mutation = `mutation { placeOrder(input: { idempotencyKey: "of the house" }) { ${fields} } }`;
    const { placeOrder: house } = await market.ask(mutation, {}, people.ben);

    expect(order.approval.expiresAt).toBe('2026-11-23T18:00:00.000Z');
    expect(house.order.approval.expiresAt).toBe('2026-11-24T08:00:00.000Z');
    market.now = Date.parse('2026-11-23T18:00:00Z');
    expect((await approve(order.id)).userErrors).toEqual([{ code: 'NOT_AWAITING_APPROVAL', field: ['orderId'] }]);
  });

  it('is approved by nobody but the restaurant’s ADMINs', async () => {
    await limit({ amount: '1', currencyCode: 'EUR' });
    const { id } = await place();

    expect((await approve(id, people.tom)).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['orderId'] }]);
    for (const who of ['ben', 'carl', 'fay', 'staff', 'admin'] as const) {
      const { errors } = await market.subgraph.execute(
        'mutation ($id: ID!) { approveOrder(orderId: $id) { userErrors { code } } }',
        { id },
        people[who],
      );
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    expect((await market.ask('query ($id: ID!) { order(id: $id) { status } }', { id })).order.status).toBe(
      'AWAITING_APPROVAL',
    );
  });
});
