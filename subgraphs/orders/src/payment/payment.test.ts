import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CardOrders } from './testing/card-orders.ts';
import { people } from './testing/people.ts';

let cards: CardOrders;

beforeAll(async () => {
  cards = await CardOrders.open();
});
afterAll(() => cards.close());

const payment = async (id: string, viewer = people.anna) => {
  const { order } = await cards.ask(
    `query ($id: ID!) { order(id: $id) { status payment {
       status failure amount { amount currencyCode } refunded { amount }
       parts { supplierOrderId amount { amount } refunded { amount } }
       refunds { id status source reason amount { amount } }
     } } }`,
    { id },
    viewer,
  );
  return order;
};

let keys = 0;
const refund = async (supplierOrderId: string | undefined, wanted: object, viewer: keyof typeof people = 'fiona') => {
  keys += 1;
  const input = { supplierOrderId, reason: 'Wilted', idempotencyKey: `key-${keys}`, ...wanted };
  const { refundSupplierOrder } = await cards.ask(
    `mutation ($input: RefundSupplierOrderInput!) { refundSupplierOrder(input: $input) {
       replayed refund { amount { amount } } userErrors { code field } } }`,
    { input },
    people[viewer],
  );
  await cards.finish();
  return refundSupplierOrder;
};

const refused = (code: string, field: string) => ({
  replayed: false,
  refund: null,
  userErrors: [{ code, field: ['input', field] }],
});

const settlement = async (id: string | undefined, viewer: keyof typeof people = 'fiona') => {
  const { supplierOrder } = await cards.ask(
    `query ($id: ID!) { supplierOrder(id: $id) { settlement {
       status owed { amount } transferred { amount } reversed { amount } } } }`,
    { id },
    people[viewer],
  );
  return supplierOrder.settlement;
};

const balances = (status: string, owed: string, transferred: string, reversed: string) => ({
  status,
  owed: { amount: owed },
  transferred: { amount: transferred },
  reversed: { amount: reversed },
});

describe('a payment', () => {
  it('is asked for once, stands for the whole order, and places it when the card was charged', async () => {
    const order = await cards.place([
      { supplier: 'farm', prices: ['100.00', '20.10'], delivery: '5.00' },
      { supplier: 'house', prices: ['30.00'] },
    ]);

    const first = await cards.begin(order);
    const second = await cards.begin(order);
    const before = await payment(order.id);
    cards.stripe.money.pay(first.intentId);
    const answers = await cards.stripe.deliver({ order: 'reversed', times: 2 });
    await cards.finish();

    expect(second).toEqual(first);
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(before).toMatchObject({ status: 'AWAITING_PAYMENT', payment: { status: 'PENDING' } });
    expect(await payment(order.id)).toEqual({
      status: 'PLACED',
      payment: {
        status: 'SUCCEEDED',
        failure: null,
        amount: { amount: '155.10', currencyCode: 'EUR' },
        refunded: { amount: '0.00' },
        parts: expect.arrayContaining([
          { supplierOrderId: order.parts[0]?.id, amount: { amount: '125.10' }, refunded: { amount: '0.00' } },
          { supplierOrderId: order.parts[1]?.id, amount: { amount: '30.00' }, refunded: { amount: '0.00' } },
        ]),
        refunds: [],
      },
    });
    expect(await cards.told(first.paymentId)).toEqual(['PENDING SUCCEEDED 155.10']);
  });

  it('says that a card was declined, and takes another', async () => {
    const order = await cards.place([{ supplier: 'farm', prices: ['10.00'] }]);
    const { intentId, paymentId } = await cards.begin(order);

    cards.stripe.money.decline(intentId);
    await cards.stripe.deliver({ times: 2 });
    await cards.finish();
    const declined = await payment(order.id);
    cards.stripe.money.pay(intentId);
    await cards.stripe.deliver();
    await cards.finish();

    expect(declined).toMatchObject({ payment: { status: 'FAILED', failure: 'Your card was declined.' } });
    expect(await payment(order.id)).toMatchObject({
      status: 'PLACED',
      payment: { status: 'SUCCEEDED', failure: null },
    });
    expect(await cards.told(paymentId)).toEqual(['PENDING FAILED 10.00', 'FAILED SUCCEEDED 10.00']);
  });

  it('is given up in time, and what is paid at that moment is given back', async () => {
    const late = await cards.place([{ supplier: 'farm', prices: ['10.00'] }]);
    const unpaid = await cards.place([{ supplier: 'farm', prices: ['20.00'] }]);
    const { intentId } = await cards.begin(late);
    const { intentId: other } = await cards.begin(unpaid);

    await cards.graph.ownerQuery(`UPDATE orders.orders SET status = 'REFUSED', refusal = 'NOT_PAID' WHERE id = $1`, [
      late.id,
    ]);
    cards.stripe.money.pay(intentId);
    cards.now += 26 * 60_000;
    await cards.finish();

    const [{ source, amount }] = (await payment(late.id)).payment.refunds;
    expect([source, amount]).toEqual(['LATE_PAYMENT', { amount: '10.00' }]);
    expect(await payment(unpaid.id)).toMatchObject({ status: 'REFUSED', payment: { status: 'CANCELLED' } });
    expect(() => cards.stripe.money.pay(other)).toThrow('canceled');
  });

  it('is asked for again after Stripe broke down, and not at all where Stripe takes no such amount', async () => {
    const order = await cards.place([{ supplier: 'farm', prices: ['10.00'] }]);
    const small = await cards.place([{ supplier: 'farm', prices: ['0.40'] }]);
    cards.stripe.failNext('broken', /payment_intents/);

    await expect(cards.begin(order)).rejects.toThrow();
    const begun = await cards.begin(order);

    expect(begun.clientSecret).toMatch(/_secret_/);
    await expect(cards.begin(small)).rejects.toThrow('NOT_PAYABLE');
  });

  it('is told to its buyer and staff alone, and so is how to pay', async () => {
    const order = await cards.place([{ supplier: 'farm', prices: ['10.00'] }]);
    await cards.begin(order);

    const { payOrder } = await cards.ask(
      'mutation ($id: ID!) { payOrder(orderId: $id) { payment { paymentId } userErrors { code } } }',
      { id: order.id },
      people.rival,
    );

    expect(payOrder).toEqual({ payment: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await payment(order.id, people.rival)).toBeNull();
    expect((await payment(order.id, people.stella)).payment).not.toBeNull();
  });
});

describe('what was delivered', () => {
  it('is sent to the supplier less the fee, what is missing goes back, and later refunds take both back', async () => {
    await cards.onboard(people.fiona);
    const order = await cards.place([
      { supplier: 'farm', prices: ['100.00', '20.00'], delivery: '5.00' },
      { supplier: 'house', prices: ['30.00'] },
    ]);
    const { paymentId } = await cards.pay(order);
    const [farmPart, housePart] = order.parts;

    const held = await settlement(farmPart?.id);
    await cards.deliver(farmPart, '90.00');
    await cards.deliver(housePart, '30.00');
    await cards.event('settle-delivery', { supplierOrderId: farmPart?.id });
    await cards.finish();
    const settled = await settlement(farmPart?.id);
    const books = await cards.booksOf(paymentId);
    const given = await refund(farmPart?.id, { amount: '10.00', idempotencyKey: 'once' });
    const again = await refund(farmPart?.id, { amount: '10.00', idempotencyKey: 'once' });

    expect(held).toMatchObject({ status: 'HELD' });
    // 90 and 5 for bringing it; 85.50 is what a tenth of 95 leaves. The house keeps its 30.
    expect(settled).toEqual(balances('TRANSFERRED', '85.50', '85.50', '0.00'));
    expect(books).toEqual({ STRIPE: 3692, STRIPE_FEE: 258, HOUSE: -3000, PLATFORM_FEE: -950 });
    expect(given).toEqual({ replayed: false, refund: { amount: { amount: '10.00' } }, userErrors: [] });
    expect(again).toMatchObject({ replayed: true, userErrors: [] });
    expect(await settlement(farmPart?.id)).toEqual(balances('TRANSFERRED', '76.50', '85.50', '9.00'));
    expect(await cards.booksOf(paymentId)).toEqual({ STRIPE: 3592, STRIPE_FEE: 258, HOUSE: -3000, PLATFORM_FEE: -850 });
    expect(await cards.told(paymentId)).toEqual([
      'PENDING SUCCEEDED 155.00',
      'SUCCEEDED PARTLY_REFUNDED 30.00',
      'PARTLY_REFUNDED PARTLY_REFUNDED 10.00',
    ]);
    expect((await payment(order.id)).payment).toMatchObject({
      status: 'PARTLY_REFUNDED',
      refunded: { amount: '40.00' },
      refunds: [
        { source: 'DELIVERY', status: 'SUCCEEDED', amount: { amount: '30.00' } },
        { source: 'REQUESTED', status: 'SUCCEEDED', reason: 'Wilted', amount: { amount: '10.00' } },
      ],
    });
  });

  it('is still ordered where some of it went back before the order heard of its payment', async () => {
    const order = await cards.place([{ supplier: 'farm', prices: ['10.00'] }]);
    const { intentId } = await cards.begin(order);
    cards.stripe.money.pay(intentId);
    await cards.stripe.deliver();
    await cards.work();

    const before = await payment(order.id);
    await refund(order.parts[0]?.id, { amount: '1.00' }, 'stella');

    expect(before).toMatchObject({ status: 'AWAITING_PAYMENT', payment: { status: 'SUCCEEDED' } });
    expect(await payment(order.id)).toMatchObject({ status: 'PLACED', payment: { status: 'PARTLY_REFUNDED' } });
  });

  it('is given back by the supplier and staff alone, never more than is left of it', async () => {
    const order = await cards.place([{ supplier: 'farm', prices: ['10.00'] }]);
    await cards.pay(order);
    const [part] = order.parts;

    expect(await refund(part?.id, { amount: '1.00' }, 'dora')).toEqual(refused('NOT_FOUND', 'supplierOrderId'));
    expect(await refund(part?.id, { amount: '1.00' }, 'anna')).toEqual(refused('NOT_FOUND', 'supplierOrderId'));
    expect(await refund(part?.id, { amount: '10.01' })).toEqual(refused('EXCEEDS_PAID', 'amount'));
    expect(await refund(part?.id, { amount: '1.001' })).toEqual(refused('BAD_AMOUNT', 'amount'));
    expect(await refund(part?.id, { lines: [{ lineId: part?.lineIds[0], quantity: '0.5' }] }, 'stella')).toMatchObject({
      refund: { amount: { amount: '5.00' } },
    });
    expect(await refund(part?.id, { amount: '5.01' }, 'stella')).toEqual(refused('EXCEEDS_PAID', 'amount'));
    expect(await settlement(part?.id, 'stella')).toEqual(balances('HELD', '0.00', '0.00', '0.00'));
  });

  it('waits for the supplier’s account, and is sent when that can take money', async () => {
    const order = await cards.place([{ supplier: 'dairy', prices: ['50.00'] }]);
    await cards.pay(order);

    await cards.deliver(order.parts[0], '50.00');
    const waiting = await settlement(order.parts[0]?.id, 'dora');
    await cards.onboard(people.dora);

    expect(waiting).toEqual(balances('WAITING_FOR_ACCOUNT', '45.00', '0.00', '0.00'));
    expect(await settlement(order.parts[0]?.id, 'dora')).toEqual(balances('TRANSFERRED', '45.00', '45.00', '0.00'));
  });
});

describe('a dispute', () => {
  it('holds back what is to be sent and paid back, and leaves the loss to the platform', async () => {
    await cards.onboard(people.fiona);
    const [won, lost] = [
      await cards.place([{ supplier: 'farm', prices: ['100.00'] }]),
      await cards.place([{ supplier: 'farm', prices: ['100.00'] }]),
    ];
    const paid = { won: await cards.pay(won), lost: await cards.pay(lost) };
    const disputes = { won: cards.stripe.dispute(paid.won.chargeId), lost: cards.stripe.dispute(paid.lost.chargeId) };
    await cards.stripe.deliver({ order: 'reversed' });
    await cards.finish();

    await cards.deliver(won.parts[0], '100.00');
    await cards.deliver(lost.parts[0], '100.00');
    const open = { status: (await payment(won.id)).payment.status, settlement: await settlement(won.parts[0]?.id) };
    const refusal = await refund(won.parts[0]?.id, { amount: '1.00' });
    cards.stripe.closeDispute(disputes.won.id, 'won');
    cards.stripe.closeDispute(disputes.lost.id, 'lost');
    await cards.stripe.deliver({ order: 'reversed', times: 2 });
    await cards.finish();

    expect(open).toEqual({ status: 'DISPUTED', settlement: balances('DUE', '90.00', '0.00', '0.00') });
    expect(refusal).toEqual(refused('DISPUTED', 'supplierOrderId'));
    expect((await payment(won.id)).payment.status).toBe('SUCCEEDED');
    expect((await payment(lost.id)).payment.status).toBe('CHARGED_BACK');
    for (const { parts } of [won, lost]) expect((await settlement(parts[0]?.id)).status).toBe('TRANSFERRED');
    // 1.75 for the charge, and 15.00 for the dispute.
    expect(await cards.booksOf(paid.won.paymentId)).toEqual({ STRIPE: -675, STRIPE_FEE: 1675, PLATFORM_FEE: -1000 });
    expect(await cards.booksOf(paid.lost.paymentId)).toEqual({
      STRIPE: -10675,
      STRIPE_FEE: 1675,
      PLATFORM_FEE: -1000,
      LOSSES: 10000,
    });
    expect(await cards.told(paid.lost.paymentId)).toEqual([
      'PENDING SUCCEEDED 100.00',
      'SUCCEEDED DISPUTED 100.00',
      'DISPUTED CHARGED_BACK 100.00',
    ]);
  });
});
