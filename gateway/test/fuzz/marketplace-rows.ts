import type { TestGraph } from '../harness.ts';
import { type Caller, marked, marketplaceSums } from './neighbours.ts';

type TokenOf = (caller: Caller) => string;

const createSupplier = `mutation ($input: CreateSupplierInput!) { answer: createSupplier(input: $input) {
  supplier { id } userErrors { message } } }`;
const upsertOffers = `mutation ($input: UpsertOffersInput!) { answer: upsertOffers(input: $input) {
  results { offerId } userErrors { message } } }`;
const setOfferPrices = `mutation ($input: SetOfferPricesInput!) { answer: setOfferPrices(input: $input) {
  userErrors { message } } }`;
const addToCart = `mutation ($input: AddToCartInput!) { answer: addToCart(input: $input) { userErrors { message } } }`;
const placeOrder = `mutation ($input: PlaceOrderInput!) { answer: placeOrder(input: $input) {
  order { supplierOrders { id } } userErrors { message } } }`;
const markDelivered = `mutation ($input: MarkDeliveredInput!) { answer: markDelivered(input: $input) {
  userErrors { message } } }`;
const setSpendLimit = `mutation ($limit: SpendLimitInput!) { answer: setSpendLimit(limit: $limit) {
  userErrors { message } } }`;
const setPars = `mutation ($input: SetParsInput!) { answer: setPars(input: $input) { userErrors { message } } }`;
const createEndpoint = `mutation ($input: CreateWebhookEndpointInput!) { answer: createWebhookEndpoint(input: $input) {
  userErrors { message } } }`;
const createChannel = `mutation ($input: CreateNotificationChannelInput!) { answer: createNotificationChannel(input: $input) {
  userErrors { message } } }`;

/** What people of the marketplace have there: offers, prices, carts, orders, deliveries, webhooks and channels. */
export async function openTheMarket(graph: TestGraph, tokenOf: TokenOf): Promise<void> {
  // biome-ignore lint/suspicious/noExplicitAny: each answer is of another shape
  const act = async (who: Caller, mutation: string, variables: Record<string, unknown>): Promise<any> => {
    const { data, errors } = await graph.query(mutation, variables, tokenOf(who));
    const wrong = errors ?? data?.answer.userErrors;
    if (wrong.length > 0) throw new Error(`${who}: ${mutation.slice(0, 60)}: ${JSON.stringify(wrong)}`);
    return data.answer;
  };
  const { supplier } = await act('sveta', createSupplier, { input: { name: 'Dairy', currency: 'RUB' } });
  const items = ['Milk', 'Cream'].map((name) => ({
    ...{ supplierSku: name, name: `${name} ${marked('offer')}`, unit: 'BOX', baseUnit: 'PIECE', packSize: '6' },
    price: marketplaceSums.list,
  }));
  const { results } = await act('sveta', upsertOffers, { input: { supplierId: supplier.id, items } });
  const offerId = results[0].offerId;
  const prices = await pricesOf(graph);
  await act('sveta', setOfferPrices, { input: { offerId, prices } });

  const buy = async (who: Caller, owner: string, offer: string) => {
    const note = marked(`order-${owner}`);
    await act(who, addToCart, { input: { lines: [{ offerId: offer, quantity: '1', note }] } });
    const input = { idempotencyKey: note, note };
    const { order } = await act(who, placeOrder, { input });
    await act(who, addToCart, { input: { lines: [{ offerId: offer, quantity: '1', note: marked(`cart-${owner}`) }] } });
    return order.supplierOrders[0].id;
  };
  await buy('anna', 'bistro', offerId);
  const came = await buy('boris', 'diner', 'house:good-3');
  await buy('kira', 'kira', 'house:good-5');
  const told = { supplierOrderId: came, idempotencyKey: '1', signedBy: marked('order-diner') };
  await act('stepan', markDelivered, { input: told });
  await act('boris', setPars, { input: { lines: [{ offerId, level: marketplaceSums.par }] } });
  await act('boris', setSpendLimit, { limit: { amount: marketplaceSums.limit, currencyCode: 'RUB' } });
  // Nothing happens after this that they would be told of: what is told again and again would change their rows.
  for (const [who, owner] of [
    ['anna', 'bistro'],
    ['boris', 'diner'],
    ['sveta', 'dairy'],
  ] as const) {
    const url = `https://hooks.example/${marked(`hook-${owner}`)}`;
    await act(who, createEndpoint, { input: { url, eventTypes: ['ORDER_PLACED', 'DELIVERY_MARKED'] } });
  }
  for (const who of ['kira', 'boris', 'karl'] as const) {
    const target = { webhook: { url: `https://channels.example/${marked(`channel-${who}`)}` } };
    await act(who, createChannel, { input: { name: marked(`channel-${who}`), target } });
  }
}

/** A list price for all, and one that the diner alone is to know of. */
async function pricesOf(graph: TestGraph): Promise<object[]> {
  const [diner] = await graph.database.query<{ id: string }>(
    "SELECT id FROM accounts.organizations WHERE clerk_organization_id = 'org_diner'",
  );
  return [{ amount: marketplaceSums.list }, { amount: marketplaceSums.diner, organizationId: diner?.id }];
}
