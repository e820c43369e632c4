import { type StripeStandIn, startStripe } from '@gastronom/stripe-stand-in/stripe-stand-in';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoPeople } from '../src/identity/development-token.ts';
import { startTestGraph, type TestGraph } from './harness.ts';
import { Trader } from './marketplace-people.ts';
import { secret, until, webhook } from './one-c-harness.ts';

const supplierOf = (key: string, name: string) => ({
  clerkOrganizationId: `org_${key}`,
  slug: key,
  name,
  type: 'SUPPLIER' as const,
});

const createSupplier = `mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) {
  supplier { id } userErrors { code message } } }`;
const upsertOffers = `mutation ($input: UpsertOffersInput!) { upsertOffers(input: $input) {
  results { offerId outcome errors { code message } } userErrors { code message } } }`;
const addToCart = `mutation ($input: AddToCartInput!) { addToCart(input: $input) {
  cart { total { amount } lines { name quantity addedBy { id } } } userErrors { code message } } }`;
const placeOrder = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  replayed order { id number status total { amount } supplierOrders { id supplierName status version total { amount }
    lines { id name quantity total { amount } } } }
  payment { paymentId clientSecret } findings { code message } userErrors { code message } } }`;
const confirm = `mutation ($input: ConfirmSupplierOrderInput!) { confirmSupplierOrder(input: $input) {
  supplierOrder { status } userErrors { code message } } }`;
const reject = `mutation ($input: EndSupplierOrderInput!) { rejectSupplierOrder(input: $input) {
  supplierOrder { status } userErrors { code message } } }`;
const cancel = `mutation ($input: EndSupplierOrderInput!) { cancelSupplierOrder(input: $input) {
  supplierOrder { status } userErrors { code message } } }`;
const ship = `mutation ($input: ShipSupplierOrderInput!) { shipSupplierOrder(input: $input) {
  supplierOrder { status } userErrors { code message } } }`;
const markDelivered = `mutation ($input: MarkDeliveredInput!) { markDelivered(input: $input) {
  delivery { id total { amount } } supplierOrder { status } userErrors { code message } } }`;
const refund = `mutation ($input: RefundSupplierOrderInput!) { refundSupplierOrder(input: $input) {
  userErrors { code message } } }`;
const orderOf = `query ($id: ID!) { order(id: $id) { status
  supplierOrders { supplierName status total { amount } deliveredTotal { amount } deliveries { complete }
    lines { name quantity confirmedQuantity receivedQuantity damagedQuantity } }
  payment { status amount { amount } refunded { amount } refunds { status } parts { supplierOrderId amount { amount } refunded { amount } } } } }`;
const available = '{ productsBySku(skus: ["TEA", "RICE"]) { sku availableOnline } }';
const ledger = '{ paymentLedger { account balance { amount } } }';

interface Line {
  readonly id: string;
  readonly name: string;
}

interface Part {
  readonly id: string;
  readonly supplierName: string;
  readonly total: { readonly amount: string };
  readonly lines: readonly Line[];
}

/** Added up as kopecks. */
const sum = (amounts: readonly { readonly amount: string }[]): string =>
  (amounts.reduce((kopecks, { amount }) => kopecks + Math.round(Number(amount) * 100), 0) / 100).toFixed(2);

describe('a day of the marketplace', () => {
  let graph: TestGraph;
  let stripe: StripeStandIn;
  let people: Record<'roma' | 'rita' | 'ruslan' | 'dairy' | 'fishery' | 'bakery' | 'farm' | 'stepan' | 'alla', Trader>;
  const before = { ...process.env };

  beforeAll(async () => {
    stripe = await startStripe({
      secret: 'whsec_of_the_day',
      atOnce: true,
      post: async (body, headers) =>
        (await fetch(graph.url.replace('/graphql', '/webhooks/stripe'), { method: 'POST', body, headers })).status,
    });
    Object.assign(process.env, {
      STRIPE_SECRET_KEY: 'sk_test_day',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_day',
      STRIPE_WEBHOOK_SECRETS: 'whsec_of_the_day',
      STRIPE_API_URL: stripe.url,
      PLATFORM_FEE_PERCENT: '10',
      STOCK_BUFFER_DEFAULT: '0',
      ONE_C_WEBHOOK_SECRETS: secret,
    });
    graph = await startTestGraph();
    const bistro = demoPeople.restaurant.organization;
    people = {
      roma: Trader.of(graph, graph.tokens.restaurant),
      rita: await Trader.join(graph, 'Rita', bistro),
      ruslan: await Trader.join(graph, 'Ruslan', bistro),
      dairy: Trader.of(graph, graph.tokens.supplier),
      fishery: await Trader.join(graph, 'Foma', supplierOf('fishery', 'Fishery')),
      bakery: await Trader.join(graph, 'Boris', supplierOf('bakery', 'Bakery')),
      farm: await Trader.join(graph, 'Fenya', supplierOf('farm', 'Farm')),
      stepan: Trader.of(graph, graph.tokens.staff),
      alla: Trader.of(graph, graph.tokens.admin),
    };
  });
  afterAll(async () => {
    await graph.stop();
    await stripe.stop();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });

  const offer = async (supplier: Trader, name: string, supplierSku: string, price: string): Promise<string> => {
    const terms = { name, currency: 'RUB', timeZone: 'Europe/Moscow', cancelUntil: 'CONFIRMED', taxRate: '10' };
    const { supplier: made } = await supplier.do(createSupplier, { ...terms, taxIncluded: true });
    const items = [{ supplierSku, name: supplierSku, unit: 'BOX', baseUnit: 'KILOGRAM', packSize: '5', price }];
    const { results } = await supplier.do(upsertOffers, { supplierId: made.id, items });
    expect(results).toMatchObject([{ outcome: 'CREATED' }]);
    return results[0].offerId;
  };

  const shelf = async () => {
    const { data } = await graph.query(available);
    return Object.fromEntries(
      data.productsBySku.map((good: { sku: string; availableOnline: number }) => [good.sku, good.availableOnline]),
    );
  };

  const counted = async (tea: number, rice: number) => {
    const items = [
      { nomenclature_code: 'TEA', quantity: tea },
      { nomenclature_code: 'RICE', quantity: rice },
    ];
    const response = await fetch(graph.url.replace('/graphql', webhook), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ warehouse_id_1c: 1, observed_at: new Date().toISOString(), items }),
    });
    expect(response.status).toBe(200);
  };

  it('ends with numbers that add up', async () => {
    const { roma, rita, ruslan, dairy, fishery, bakery, farm, stepan, alla } = people;
    // Morning: goods, offers, and a cart that three people fill.
    const items = [
      { sku: 'TEA', name: 'Tea', price: '100', currency: 'RUB', stockQuantity: 20 },
      { sku: 'RICE', name: 'Rice', price: '50', currency: 'RUB', stockQuantity: 10 },
    ];
    await Trader.of(graph, graph.tokens.service).do(
      'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }',
      { source: 'shop', items, observedAt: new Date(Date.now() - 60_000).toISOString() },
    );
    const milk = await offer(dairy, 'Dairy', 'Milk', '80');
    const salmon = await offer(fishery, 'Fishery', 'Salmon', '500');
    const bread = await offer(bakery, 'Bakery', 'Bread', '40');
    const eggs = await offer(farm, 'Farm', 'Eggs', '90');
    const add = (who: Trader, ...lines: [string, string][]) =>
      who.do(addToCart, { lines: lines.map(([offerId, quantity]) => ({ offerId, quantity })) });
    await add(rita, [milk, '10'], ['house:TEA', '3']);
    await add(ruslan, [salmon, '1'], [bread, '20']);
    const { cart } = await add(roma, [eggs, '5'], ['house:RICE', '2']);
    expect(cart.lines).toHaveLength(6);

    // One order, five parts, one payment; nobody's goods are gone before it is there, and the house's are kept.
    const placed = await roma.do(placeOrder, { idempotencyKey: 'day-1', paymentMethod: 'CARD' });
    expect(placed.order).toMatchObject({ status: 'AWAITING_PAYMENT', total: { amount: '2950.00' } });
    expect(await shelf()).toEqual({ TEA: 17, RICE: 8 });
    stripe.money.pay(String(placed.payment.clientSecret).split('_secret')[0] ?? '');
    const { id } = placed.order;
    const look = async () => (await rita.ask(orderOf, { id })).data.order;
    await until('the order is placed', async () => (await look()).status === 'PLACED');
    const part = (name: string): Part => {
      const found = placed.order.supplierOrders.find(({ supplierName }: Part) => supplierName === name);
      if (!found) throw new Error(`there is no part of ${name}`);
      return found;
    };
    const house = placed.order.supplierOrders.find(({ lines }: Part) => lines.some((line) => line.name === 'Tea'));

    // Noon: one promises less, one nothing, one is called off, two promise all.
    const line = (of: Part, name: string) => of.lines.find((one) => one.name === name)?.id;
    const milkLine = line(part('Dairy'), 'Milk');
    const promised = { supplierOrderId: part('Dairy').id, lines: [{ lineId: milkLine, quantity: '8' }] };
    expect((await dairy.do(confirm, promised)).supplierOrder.status).toBe('PARTLY_CONFIRMED');
    await fishery.do(reject, { supplierOrderId: part('Fishery').id, reason: 'Storm' });
    await ruslan.do(cancel, { supplierOrderId: part('Farm').id });
    await bakery.do(confirm, { supplierOrderId: part('Bakery').id });
    await bakery.do(ship, { supplierOrderId: part('Bakery').id, trackingNote: 'Van 3' });
    await stepan.do(confirm, { supplierOrderId: house.id });
    const stranger = await fishery.ask(confirm, { input: { supplierOrderId: part('Bakery').id } });
    expect(stranger.data.confirmSupplierOrder.userErrors[0].code).toBe('NOT_FOUND');

    // Evening: what came, and what did not.
    const came = (supplierOrderId: string, key: string, lines: object[] | null) => ({
      supplierOrderId,
      idempotencyKey: key,
      lines,
    });
    const short = [{ lineId: milkLine, received: '7', damaged: '1' }];
    const milkCame = await rita.do(markDelivered, came(part('Dairy').id, 'd-1', short));
    const milkAgain = await rita.do(markDelivered, came(part('Dairy').id, 'd-1', short));
    expect(milkAgain).toEqual(milkCame);
    await bakery.do(markDelivered, came(part('Bakery').id, 'd-2', null));
    const teaShort = [{ lineId: line(house, 'Tea'), received: '2' }];
    await stepan.do(markDelivered, came(house.id, 'd-3', teaShort));
    // 6 of 10 milk, all the bread, 2 of 3 tea and all the rice.
    await until('what did not come is refunded', async () => {
      const { payment } = await look();
      return (
        payment.refunded.amount === sum([{ amount: '320' }, { amount: '500' }, { amount: '450' }, { amount: '100' }])
      );
    });
    // The bread was stale: its supplier gives some back.
    await bakery.do(refund, {
      supplierOrderId: part('Bakery').id,
      amount: '80',
      reason: 'Stale',
      idempotencyKey: 'r-1',
    });
    const done = await until('every refund arrived', async () => {
      const order = await look();
      const { refunds } = order.payment;
      return refunds.length === 5 && refunds.every(({ status }: { status: string }) => status === 'SUCCEEDED') && order;
    });

    // Night: the order, the money and the shelf say the same.
    expect(done.status).toBe('COMPLETED');
    const parts: [string, string, string][] = done.supplierOrders
      .map((one: { supplierName: string; status: string; deliveredTotal: { amount: string } }) => [
        one.supplierName,
        one.status,
        one.deliveredTotal.amount,
      ])
      .toSorted(([a]: string[], [b]: string[]) => String(a).localeCompare(String(b)));
    expect(parts.slice(0, 4)).toEqual([
      ['Bakery', 'DELIVERED', '800.00'],
      ['Dairy', 'DELIVERED', '480.00'],
      ['Farm', 'CANCELLED', '0.00'],
      ['Fishery', 'REJECTED', '0.00'],
    ]);
    expect(parts[4]?.slice(1)).toEqual(['DELIVERED', '300.00']);
    const accepted = sum(parts.map(([, , amount]) => ({ amount })));
    expect(done.payment).toMatchObject({ amount: { amount: '2950.00' }, refunded: { amount: '1450.00' } });
    expect(accepted).toBe(sum([{ amount: '2950' }, { amount: '-1450' }, { amount: '80' }]));
    expect(sum(done.payment.parts.map((one: { refunded: { amount: string } }) => one.refunded))).toBe('1450.00');
    const balances = await until('the ledger has all of it', async () => {
      const { data } = await alla.ask(ledger);
      const rows: { account: string; balance: { amount: string } }[] = data.paymentLedger;
      const buyers = rows.filter(({ account }) => account === 'BUYER').map(({ balance }) => balance);
      return Number(sum(buyers)) === 0 && rows;
    });
    expect(sum(balances.map(({ balance }) => balance))).toBe('0.00');
    const owed = (account: string) =>
      sum(balances.filter((row) => row.account === account).map(({ balance }) => balance));
    // The house keeps its 300. Of the suppliers' 480 and 720 the platform keeps a tenth.
    expect([owed('HOUSE'), owed('SUPPLIER'), owed('PLATFORM_FEE')]).toEqual(['-300.00', '-1080.00', '-120.00']);

    // The shelf: what was handed over is gone, what came short is back, and a count changes nothing.
    await until('the handover is known', async () => (await shelf()).TEA === 18);
    await counted(18, 8);
    await until('the count is in', async () => {
      const { data } = await stepan.ask('{ stockLedger(sku: "TEA") { nodes { reason } } }');
      return data.stockLedger.nodes.some(({ reason }: { reason: string }) => reason === 'SETTLED');
    });
    expect(await shelf()).toEqual({ TEA: 18, RICE: 8 });
  });
});
