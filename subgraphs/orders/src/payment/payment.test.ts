import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CardOrders, people } from './testing/card-orders.ts';

let cards: CardOrders;

beforeAll(async () => {
  cards = await CardOrders.open();
});
afterAll(() => cards.close());

const payment = (id: string, viewer = people.anna) =>
  cards.ask(
    `query ($id: ID!) { order(id: $id) { status payment {
       status failure amount { amount currencyCode } refunded { amount }
       parts { supplierOrderId amount { amount } refunded { amount } }
       refunds { status source reason amount { amount } }
     } } }`,
    { id },
    viewer,
  );

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
    await cards.stripe.deliver({ order: 'reversed', times: 2 });
    await cards.finish();

    expect(second).toEqual(first);
    expect(before.order).toMatchObject({ status: 'AWAITING_PAYMENT', payment: { status: 'PENDING' } });
    expect((await payment(order.id)).order).toEqual({
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
  });
});
