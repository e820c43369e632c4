import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DemoOrganization } from '../src/identity/development-token.ts';
import { modes, startTestGraph, type TestGraph } from './harness.ts';
import { LiveClient } from './live-harness.ts';
import { Trader } from './marketplace-people.ts';
import { until } from './one-c-harness.ts';

const organization = (key: string, type: 'RESTAURANT' | 'SUPPLIER'): DemoOrganization => ({
  clerkOrganizationId: `org_${key}`,
  slug: key,
  name: key,
  type,
});

/** What a pack costs, and from ten packs on; two restaurants have prices of their own, everybody else has the list's. */
const prices = {
  bistro: ['3303.03', '3203.03'],
  tavern: ['4404.04', '4204.04'],
  list: ['7101.01', '7001.01'],
} as const;
type Priced = keyof typeof prices;

const packSize = 5;
/** Amounts that give a price away: of one pack, of what was ordered, of ten packs, and of a kilogram. */
const tellTales = (who: Priced): string[] => {
  const [one, ten] = prices[who].map((amount) => Math.round(Number(amount) * 100));
  const told = (kopecks: number, places = 2) => String(Number((kopecks / 100).toFixed(places)));
  return [one, ten].flatMap((amount = 0) => [
    told(amount),
    told(amount * 2),
    told(amount * 10),
    told(amount / packSize, 4),
  ]);
};

const money = '{ amount }';
const offerFields = `id price ${money} much: price(quantity: "10") ${money} quantityPrices { price ${money} }
  prices { price ${money} organizationId groupId } supplier { customerGroups { id organizationIds } }`;
const lineFields = `price ${money} goods ${money} tax ${money} total ${money} offer { ${offerFields} }`;
const partFields = `goods ${money} total ${money} deliveredTotal ${money} lines { ${lineFields} }
  deliveries { total ${money} } settlement { paid ${money} owed ${money} }`;
const orderFields = `goods ${money} total ${money} payment { amount ${money} } supplierOrders { ${partFields} }`;

interface Things {
  readonly offerId: string;
  readonly orderId: string;
  readonly partId: string;
  readonly deliveryId: string;
}

/** Every way by which a price could be read, of one's own and by the ids of others' things. */
const doors = ({ offerId, orderId, partId, deliveryId }: Things): Record<string, string> => ({
  offers: `{ offers(first: 100) { nodes { ${offerFields} product { bestOffer { total ${money} } } } } }`,
  offer: `{ offer(id: "${offerId}") { ${offerFields} } }`,
  'offers of a good': `{ productsBySku(skus: ["EEL"]) { offers(first: 50) { nodes { ${offerFields} } } } }`,
  'the best offer': `{ productsBySku(skus: ["EEL"]) {
    bestOffer { total ${money} pricePerBaseUnit ${money} offer { ${offerFields} } }
    much: bestOffer(quantity: "50", currency: "SEK") { total ${money} pricePerBaseUnit ${money} } } }`,
  'the catalogue': `{ products(first: 20) { nodes { sku offers { nodes { price ${money} } } bestOffer { total ${money} } } } }`,
  suppliers: `{ suppliers { nodes { customerGroups { id organizationIds }
    scorecards { priceVariance details { priceVarianceAmount ${money} } } } } }`,
  cart: `{ cart { total ${money} lines { priceAtAdding ${money} price ${money} total ${money} offer { ${offerFields} } }
    suppliers { goods ${money} lines { price ${money} } } } }`,
  'check of the cart': `{ validateCart { findings { message oldPrice ${money} newPrice ${money} } } }`,
  'order guide': `{ orderGuide { nodes { lastPrice ${money} offer { ${offerFields} } } } }`,
  pars: `{ pars { nodes { offer { ${offerFields} } } } }`,
  'own orders': `{ myOrders { nodes { ${orderFields} } } }`,
  order: `{ order(id: "${orderId}") { ${orderFields} } }`,
  'part of an order': `{ supplierOrder(id: "${partId}") { ${partFields} } }`,
  'what is to be delivered': `{ supplierOrders { nodes { ${partFields} } } }`,
  delivery: `{ delivery(id: "${deliveryId}") { total ${money} } }`,
  notifications: '{ myNotifications { nodes { title body } } }',
  'the ledger of payments': `{ paymentLedger { balance ${money} } }`,
  'the audit log': '{ auditLog { nodes { action before after } } }',
  'a key of federation': `{ _entities(representations: [{ __typename: "Offer", id: "${offerId}" }]) { ... on Offer { ${offerFields} } } }`,
  'the way of orders to quotes': `{ quoteOffers(input: { buyer: null, lines: [{ key: "a", offerId: "${offerId}", quantity: "1" }] }) }`,
  'an earlier order into the cart': `mutation { addOrderToCart(orderId: "${orderId}") {
    cart { lines { priceAtAdding ${money} price ${money} } } userErrors { message } } }`,
  'a cart of one’s own': `mutation { addToCart(input: { lines: [{ offerId: "${offerId}", quantity: "10" }] }) {
    cart { total ${money} lines { priceAtAdding ${money} price ${money} } } userErrors { message } } }`,
});

/** Where the restaurants must find their own prices: else nothing is shown by not finding others'. */
const showing = [
  ...['offers', 'offer', 'offers of a good', 'the best offer', 'the catalogue', 'cart', 'order guide', 'own orders'],
  ...['order', 'part of an order', 'delivery', 'an earlier order into the cart', 'a cart of one’s own'],
];

/** The ways behind the public door: nobody outside can even name them. */
const closed = ['a key of federation', 'the way of orders to quotes'];

const placeOrder = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  order { id supplierOrders { id } } findings { message } userErrors { code message } } }`;
const addToCart = `mutation ($input: AddToCartInput!) { addToCart(input: $input) { userErrors { code message } } }`;

describe.each(modes)('prices of others, in %s', (mode) => {
  let graph: TestGraph;
  let people: Record<'bistro' | 'tavern' | 'diner' | 'fishery' | 'dairy' | 'customer' | 'scraper' | 'nobody', Trader>;
  let offerId: string;
  const things = {} as Record<'bistro' | 'tavern', Things>;

  const idOf = async (trader: Trader): Promise<string> => {
    const { data } = await trader.ask('{ me { organization { id } } }');
    return data.me.organization.id;
  };

  /** Offers eel at three prices; each restaurant's are its own. */
  const offerEel = async (): Promise<void> => {
    const { fishery, bistro, tavern } = people;
    const terms = { name: 'Fishery', currency: 'SEK', timeZone: 'Europe/Stockholm', cancelUntil: 'CONFIRMED' };
    await fishery.do(
      'mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) { supplier { id } userErrors { code message } } }',
      terms,
    );
    const eel = {
      supplierSku: 'EEL-5',
      productSku: 'EEL',
      name: 'Eel',
      baseUnit: 'KILOGRAM',
      packSize: String(packSize),
    };
    const made = await fishery.do(
      'mutation ($input: UpsertOffersInput!) { upsertOffers(input: $input) { results { offerId errors { message } } userErrors { message } } }',
      { items: [eel] },
    );
    offerId = made.results[0].offerId;
    const { group } = await fishery.do(
      'mutation ($input: SaveCustomerGroupInput!) { saveCustomerGroup(input: $input) { group { id } userErrors { message } } }',
      { name: 'Harbour', organizationIds: [await idOf(bistro)] },
    );
    const scopes = { bistro: { groupId: group.id }, tavern: { organizationId: await idOf(tavern) }, list: {} };
    const all = Object.entries(scopes).flatMap(([who, scope]) =>
      prices[who as Priced].map((amount, step) => ({ ...scope, amount, fromQuantity: step === 0 ? '0' : '10' })),
    );
    await fishery.do(
      'mutation ($input: SetOfferPricesInput!) { setOfferPrices(input: $input) { userErrors { message } } }',
      { offerId, prices: all },
    );
  };

  /** An order that was delivered, and the same goods in the cart again. */
  const trade = async (who: 'bistro' | 'tavern'): Promise<void> => {
    const buyer = people[who];
    const line = { offerId, quantity: '2' };
    await buyer.do(addToCart, { lines: [line] });
    const { order } = await buyer.do(placeOrder, { idempotencyKey: `order-${who}`, paymentMethod: 'INVOICE' });
    const [{ id: partId }] = order.supplierOrders;
    await until('the order is placed', async () => {
      const { data } = await people.fishery.ask(`{ supplierOrder(id: "${partId}") { status } }`);
      return data.supplierOrder?.status === 'PLACED';
    });
    await people.fishery.do(
      'mutation ($input: ConfirmSupplierOrderInput!) { confirmSupplierOrder(input: $input) { userErrors { message } } }',
      { supplierOrderId: partId },
    );
    const { delivery } = await people.fishery.do(
      'mutation ($input: MarkDeliveredInput!) { markDelivered(input: $input) { delivery { id } userErrors { message } } }',
      { supplierOrderId: partId, idempotencyKey: `delivery-${who}` },
    );
    await buyer.do(addToCart, { lines: [line] });
    things[who] = { offerId, orderId: order.id, partId, deliveryId: delivery.id };
  };

  beforeAll(async () => {
    graph = await startTestGraph(mode, { LIVE_LOOK_SECONDS: '0.2', LIVE_DEBOUNCE_MS: '0' });
    people = {
      bistro: Trader.of(graph, graph.tokens.restaurant),
      tavern: await Trader.join(graph, 'Tove', organization('tavern', 'RESTAURANT')),
      diner: await Trader.join(graph, 'Dina', organization('diner', 'RESTAURANT')),
      fishery: Trader.of(graph, graph.tokens.supplier),
      dairy: await Trader.join(graph, 'Doris', organization('dairy', 'SUPPLIER')),
      customer: Trader.of(graph, graph.tokens.customer),
      scraper: Trader.of(graph, graph.tokens.service),
      nobody: Trader.of(graph, ''),
    };
    const eel = { sku: 'EEL', name: 'Eel', unit: 'кг', price: '9999', currency: 'SEK', stockQuantity: 100 };
    await people.scraper.do(
      'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }',
      { source: 'shop', items: [eel] },
    );
    await offerEel();
    await trade('bistro');
    await trade('tavern');
  });
  afterAll(() => graph.stop());

  /** All that the viewer is answered at every door, as text by door; those who trade go to their own things too. */
  const answers = async (viewer: Trader): Promise<Map<string, string>> => {
    const asked = Object.entries(things).flatMap(([of, its]) =>
      Object.entries(doors(its)).map(([door, query]) => [`${door}, with the ids of ${of}`, query] as const),
    );
    const found = new Map<string, string>();
    for (const [door, query] of asked) {
      const { data, errors } = await viewer.ask(query);
      found.set(door, JSON.stringify({ data, errors }));
    }
    return found;
  };
  const leaks = (found: ReadonlyMap<string, string>, of: readonly Priced[]): string[] =>
    [...found].flatMap(([door, text]) =>
      of.flatMap(tellTales).flatMap((amount) => (text.includes(amount) ? [`${amount} at ${door}`] : [])),
    );

  it('are in no answer to a restaurant, which finds its own at every door', async () => {
    // At once, so that what one loads could be handed to another.
    const [bistro, tavern, diner] = await Promise.all([people.bistro, people.tavern, people.diner].map(answers));

    // A door whose question is none would keep everything to itself.
    const refused = [...(bistro ?? [])].filter(([, text]) => text.includes('GRAPHQL_VALIDATION_FAILED'));
    expect(refused.map(([door]) => door.replace(/, with.*/, ''))).toEqual([...closed, ...closed]);
    expect(leaks(bistro as Map<string, string>, ['tavern', 'list'])).toEqual([]);
    expect(leaks(tavern as Map<string, string>, ['bistro', 'list'])).toEqual([]);
    expect(leaks(diner as Map<string, string>, ['bistro', 'tavern'])).toEqual([]);
    for (const [who, found] of [['bistro', bistro] as const, ['tavern', tavern] as const])
      for (const door of showing) {
        const text = found?.get(`${door}, with the ids of ${who}`) ?? '';
        expect([door, tellTales(who).some((amount) => text.includes(amount)), text]).toEqual([door, true, text]);
      }
    expect(diner?.get('offers, with the ids of bistro')).toContain('7101.01');
  });

  it('are in no answer to another supplier, to customers, machines and strangers, nor is the list', async () => {
    const others = [people.dairy, people.customer, people.scraper, people.nobody];

    const found = await Promise.all(others.map(answers));

    expect(found.map((texts) => leaks(texts, ['bistro', 'tavern', 'list']))).toEqual([[], [], [], []]);
  });

  it('are seen by their supplier, of whom they are', async () => {
    const { data } = await people.fishery.ask(doors(things.bistro).offer as string);

    const amounts = data.offer.prices.map(({ price }: { price: { amount: string } }) => price.amount);
    expect(amounts.toSorted()).toEqual(Object.values(prices).flat().toSorted());
  });

  it('are not told to those who watch, while their restaurant orders', async () => {
    const clients: LiveClient[] = [];
    const watch = (trader: Trader, query: string) => {
      const client = new LiveClient(graph.url, { token: trader.token });
      clients.push(client);
      return client.watch(query);
    };
    const queries = [
      `subscription { order(id: "${things.bistro.orderId}") { ${orderFields} } }`,
      `subscription { supplierOrder(id: "${things.bistro.partId}") { ${partFields} } }`,
      `subscription { myOrders { nodes { ${orderFields} } } }`,
      `subscription { productsBySku(skus: ["EEL"]) { offers { nodes { ${offerFields} } } bestOffer { total ${money} } } }`,
    ];
    const watching = [people.diner, people.dairy].flatMap((trader) => queries.map((query) => watch(trader, query)));
    const own = watch(people.bistro, queries[2] as string);
    const first = await Promise.all(watching.map((one) => one.next()));
    await own.next();

    await people.bistro.do(placeOrder, { idempotencyKey: 'order-watched', paymentMethod: 'INVOICE' });

    // Whoever may is told, so that the others would have been.
    const told = await own.next();
    const heard = JSON.stringify([first, watching.map(({ unheard }) => unheard)]);
    for (const client of clients) client.close();
    expect(tellTales('bistro').some((amount) => JSON.stringify(told).includes(amount))).toBe(true);
    expect(tellTales('bistro').filter((amount) => heard.includes(amount))).toEqual([]);
  });
});
