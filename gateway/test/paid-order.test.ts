import { type StripeStandIn, startStripe } from '@gastronom/stripe-stand-in/stripe-stand-in';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from './harness.ts';
import { documents } from './marketplace-documents.ts';
import { Trader } from './marketplace-people.ts';
import { until } from './one-c-harness.ts';

const secret = 'whsec_of_this_test';

/** Each subgraph a process of its own: Stripe's bytes pass the door and the wire as they came. The day has the rest. */
describe('an order paid by card, remote subgraphs', () => {
  const before = { ...process.env };
  let stripe: StripeStandIn;
  let graph: TestGraph;
  let cook: Trader;
  let staff: Trader;
  let order: { id: string; supplierOrders: { id: string }[] };
  const webhook = () => graph.url.replace('/graphql', '/webhooks/stripe');

  beforeAll(async () => {
    const post = async (body: string, headers: Record<string, string>) =>
      (await fetch(webhook(), { method: 'POST', body, headers })).status;
    stripe = await startStripe({ secret, post });
    Object.assign(process.env, {
      STRIPE_SECRET_KEY: 'sk_test_remote',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_remote',
      STRIPE_WEBHOOK_SECRETS: secret,
      STRIPE_API_URL: stripe.url,
      STOCK_BUFFER_DEFAULT: '0',
    });
    graph = await startTestGraph('remote subgraphs');
    cook = Trader.of(graph, graph.tokens.restaurant);
    staff = Trader.of(graph, graph.tokens.staff);
    const items = [{ sku: 'TEA', name: 'Tea', price: '100', currency: 'RUB', stockQuantity: 9 }];
    const observedAt = new Date(Date.now() - 60_000).toISOString();
    await Trader.of(graph, graph.tokens.service).do(documents.syncProducts, { source: 'shop', items, observedAt });
  });
  afterAll(async () => {
    await graph.stop();
    await stripe.stop();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });

  const look = async () => (await cook.ask(documents.order, { id: order.id })).data.order;

  it('stands once Stripe has told that the card was charged', async () => {
    await cook.do(documents.addToCart, { lines: [{ offerId: 'house:TEA', quantity: '3' }] });
    const placed = await cook.do(documents.placeOrder, { idempotencyKey: 'remote-1', paymentMethod: 'CARD' });
    order = placed.order;
    const waiting = await look();
    stripe.money.pay(String(placed.payment.clientSecret).split('_secret')[0] ?? '');
    const answers = await stripe.deliver({ order: 'reversed', times: 2 });

    expect(waiting).toMatchObject({ status: 'AWAITING_PAYMENT', payment: { status: 'PENDING' } });
    expect(new Set(answers)).toEqual(new Set([200]));
    await until('the order is placed', async () => (await look()).status === 'PLACED');
    expect((await look()).payment).toMatchObject({ status: 'SUCCEEDED', amount: { amount: '300.00' } });
  });

  it('believes nobody but Stripe', async () => {
    const event = { id: 'evt_forged', type: 'payment_intent.canceled', data: { object: { id: 'pi_1' } } };
    const forged = { method: 'POST', body: JSON.stringify(event) };

    const unsigned = await fetch(webhook(), forged);
    const signed = await fetch(webhook(), { ...forged, headers: { 'stripe-signature': 't=1,v1=00' } });

    expect([unsigned.status, signed.status]).toEqual([401, 401]);
    expect((await look()).status).toBe('PLACED');
  });

  it('gives back what did not come, keeps what the house sold, and balances', async () => {
    const supplierOrderId = order.supplierOrders[0]?.id;
    await staff.do(documents.confirm, { supplierOrderId });
    const [line] = (
      await cook.ask('query ($id: ID!) { order(id: $id) { supplierOrders { lines { id } } } }', { id: order.id })
    ).data.order.supplierOrders[0].lines;
    const lines = [{ lineId: line.id, received: '2' }];
    await cook.do(documents.markDelivered, { supplierOrderId, idempotencyKey: 'd', lines });

    await until('what did not come went back', async () => (await look()).payment.refunds[0]?.status === 'SUCCEEDED');
    expect((await look()).payment).toMatchObject({ status: 'PARTLY_REFUNDED', refunded: { amount: '100.00' } });
    const books: { account: string; balance: { amount: string } }[] = await staff.do(documents.paymentLedger);
    // Stripe keeps 1.5 % and 0.25.
    expect(Object.fromEntries(books.map(({ account, balance }) => [account, balance.amount]))).toEqual({
      STRIPE: '195.25',
      STRIPE_FEE: '4.75',
      HOUSE: '-200.00',
    });
    const health = await (await fetch(graph.url.replace('/graphql', '/health'))).json();
    expect(health).toMatchObject({ checks: { 'orders:payments': [{ status: 'pass' }] } });
  });
});

describe('a shop without Stripe', () => {
  it('says that cards are not charged, and takes orders on invoice', async () => {
    const graph = await startTestGraph();
    const cook = Trader.of(graph, graph.tokens.restaurant);
    const input = { idempotencyKey: 'off-1', paymentMethod: 'CARD' };

    const { data } = await cook.ask(`query { paymentSettings { enabled publishableKey } }`);
    const placed = await cook.ask(documents.placeOrder, { input });
    const webhook = await fetch(graph.url.replace('/graphql', '/webhooks/stripe'), { method: 'POST', body: '{}' });
    const health = await (await fetch(graph.url.replace('/graphql', '/health'))).json();
    await graph.stop();

    expect(data.paymentSettings).toEqual({ enabled: false, publishableKey: null });
    expect(placed.data.placeOrder).toMatchObject({ order: null, userErrors: [{ code: 'PAYMENTS_OFF' }] });
    expect(webhook.status).toBe(404);
    expect(health).toMatchObject({
      checks: { 'orders:payments': [{ status: 'pass', output: 'Off: STRIPE_SECRET_KEY is not set.' }] },
    });
  });
});
