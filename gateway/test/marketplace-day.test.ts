import { isSignedBy } from '@gastronom/integrations/testing/partner-server';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Amount, Marketplace, type Part, sum } from './marketplace-day-harness.ts';
import { documents } from './marketplace-documents.ts';
import type { Trader } from './marketplace-people.ts';
import { allRows, atRest, tellAgain } from './marketplace-retold.ts';
import { until } from './one-c-harness.ts';

/** One day, told in its order: each test goes on where the one before it ended. */
describe('a day of the marketplace', () => {
  let market: Marketplace;
  let people: Marketplace['people'];
  let offers: Record<'milk' | 'salmon' | 'bread' | 'eggs', { supplierId: string; offerId: string }>;
  let accounts: Record<'dairy' | 'bakery', string>;
  let signing: { bistro: string; dairy: string };
  let placed: { id: string; supplierOrders: Part[] };

  beforeAll(async () => {
    market = await Marketplace.open();
    people = market.people;
  });
  afterAll(() => market.close());

  const look = async () => (await people.rita.ask(documents.order, { id: placed.id })).data.order;
  const partOf = (name: string): Part => {
    const part = placed.supplierOrders.find((one) => (name === 'House' ? one.isHouse : one.supplierName === name));
    if (!part) throw new Error(`there is no part of ${name}`);
    return part;
  };
  const lineOf = (part: string, name: string) => partOf(part).lines.find((line) => line.name === name)?.id;
  const kopecks = (text: string) => Math.round(Number(text) * 100);

  it('begins with goods, offers and suppliers that can be paid', async () => {
    const { dairy, fishery, bakery, farm, scraper } = people;
    const items = [
      { sku: 'TEA', name: 'Tea', price: '100', currency: 'RUB', stockQuantity: 20 },
      { sku: 'RICE', name: 'Rice', price: '50', currency: 'RUB', stockQuantity: 10 },
    ];

    const observedAt = new Date(Date.now() - 60_000).toISOString();
    await scraper.do(documents.syncProducts, { source: 'shop', items, observedAt });
    offers = {
      milk: await market.offer(dairy, 'Dairy', 'Milk', '80'),
      salmon: await market.offer(fishery, 'Fishery', 'Salmon', '500'),
      bread: await market.offer(bakery, 'Bakery', 'Bread', '40'),
      eggs: await market.offer(farm, 'Farm', 'Eggs', '90'),
    };
    accounts = { dairy: await market.onboard(dairy), bakery: await market.onboard(bakery) };

    signing = { bistro: await market.connect(people.roma, '/bistro'), dairy: await market.connect(dairy, '/dairy') };

    expect(await market.shelf()).toEqual({ TEA: 20, RICE: 10 });
  });

  it('lets three people fill one cart, and makes five orders and one payment of it', async () => {
    const { roma, rita, ruslan, katya } = people;
    const add = (who: Trader, ...lines: [string, string][]) =>
      who.do(documents.addToCart, { lines: lines.map(([offerId, quantity]) => ({ offerId, quantity })) });
    await add(rita, [offers.milk.offerId, '10'], ['house:TEA', '3']);
    await add(ruslan, [offers.salmon.offerId, '1'], [offers.bread.offerId, '20']);
    const { cart } = await add(roma, [offers.eggs.offerId, '5'], ['house:RICE', '2']);

    const { order, payment } = await roma.do(documents.placeOrder, { idempotencyKey: 'day-1', paymentMethod: 'CARD' });

    expect(new Set(cart.lines.map((line: { addedBy: { id: string } }) => line.addedBy.id)).size).toBe(3);
    // 10 × 80 + 3 × 100 + 1 × 500 + 20 × 40 + 5 × 90 + 2 × 50.
    expect(order).toMatchObject({ status: 'AWAITING_PAYMENT', total: { amount: '2950.00' } });
    expect(sum(order.supplierOrders.map(({ total }: Part) => total))).toBe('2950.00');
    expect(
      order.supplierOrders.map(({ supplierName, isHouse }: Part) => (isHouse ? 'House' : supplierName)).sort(),
    ).toEqual(['Bakery', 'Dairy', 'Farm', 'Fishery', 'House']);
    placed = order;
    // Kept for them before it is paid; and nobody sees what others buy.
    expect(await market.shelf()).toEqual({ TEA: 17, RICE: 8 });
    expect((await people.dairy.ask('{ supplierOrders { nodes { id } } }')).data.supplierOrders.nodes).toEqual([]);
    expect((await katya.ask(documents.order, { id: order.id })).data.order).toBeNull();

    market.stripe.money.pay(String(payment.clientSecret).split('_secret')[0] ?? '');

    await until('the order is placed', async () => (await look()).status === 'PLACED');
    expect((await rita.ask('{ cart { lines { name } } }')).data.cart.lines).toEqual([]);
  });

  it('lets suppliers promise all, less or nothing, and the buyer call one off', async () => {
    const { ruslan, dairy, fishery, bakery, stepan } = people;
    const less = [{ lineId: lineOf('Dairy', 'Milk'), quantity: '8' }];

    const milk = await dairy.do(documents.confirm, { supplierOrderId: partOf('Dairy').id, lines: less });
    const salmon = await fishery.do(documents.reject, { supplierOrderId: partOf('Fishery').id, reason: 'Storm' });
    const eggs = await ruslan.do(documents.cancel, { supplierOrderId: partOf('Farm').id });
    await bakery.do(documents.confirm, { supplierOrderId: partOf('Bakery').id });
    const bread = await bakery.do(documents.ship, { supplierOrderId: partOf('Bakery').id, trackingNote: 'Van 3' });
    const house = await stepan.do(documents.confirm, { supplierOrderId: partOf('House').id });
    const stranger = await fishery.ask(documents.ship, { input: { supplierOrderId: partOf('Dairy').id } });

    const statuses = [milk, salmon, eggs, bread, house].map(({ supplierOrder }) => supplierOrder.status);
    expect(statuses).toEqual(['PARTLY_CONFIRMED', 'REJECTED', 'CANCELLED', 'SHIPPED', 'CONFIRMED']);
    expect(stranger.data.shipSupplierOrder.userErrors[0].code).toBe('NOT_FOUND');
  });

  it('notes what came and what did not, and gives back what did not', async () => {
    const { rita, bakery, stepan } = people;
    const came = (part: string, idempotencyKey: string, lines: object[] | null) => ({
      supplierOrderId: partOf(part).id,
      idempotencyKey,
      lines,
    });
    const short = came('Dairy', 'd-1', [{ lineId: lineOf('Dairy', 'Milk'), received: '7', damaged: '1' }]);

    const milk = await rita.do(documents.markDelivered, short);
    const again = await rita.do(documents.markDelivered, short);
    await bakery.do(documents.markDelivered, came('Bakery', 'd-2', null));
    await stepan.do(documents.markDelivered, came('House', 'd-3', [{ lineId: lineOf('House', 'Tea'), received: '2' }]));

    expect(again).toEqual(milk);
    // 6 of 10 milk, no salmon, no eggs, 2 of 3 tea.
    const missing = sum([{ amount: '320' }, { amount: '500' }, { amount: '450' }, { amount: '100' }]);
    await until('what did not come is refunded', async () => (await look()).payment.refunded.amount === missing);
    await until('the bakery is paid', () => market.stripe.money.fundsOf(accounts.bakery, 'rub') === kopecks('720'));
    // The bread was stale: its supplier gives some back.
    const back = { supplierOrderId: partOf('Bakery').id, amount: '80', reason: 'Stale', idempotencyKey: 'r-1' };
    await bakery.do(documents.refund, back);
    const { payment } = await until('every refund arrived', async () => {
      const order = await look();
      const { refunds } = order.payment;
      return refunds.length === 5 && refunds.every(({ status }: { status: string }) => status === 'SUCCEEDED') && order;
    });
    expect(payment).toMatchObject({ amount: { amount: '2950.00' }, refunded: { amount: '1450.00' } });
    expect(sum(payment.parts.map(({ refunded }: { refunded: Amount }) => refunded))).toBe('1450.00');
  });

  it('ends with an order that says what was accepted', async () => {
    const order = await look();

    expect(order.status).toBe('COMPLETED');
    const parts: [string, string, string][] = order.supplierOrders.map(
      (one: Part & { status: string; deliveredTotal: Amount }) => [
        one.isHouse ? 'House' : one.supplierName,
        one.status,
        one.deliveredTotal.amount,
      ],
    );
    expect(parts.toSorted(([a], [b]) => a.localeCompare(b))).toEqual([
      ['Bakery', 'DELIVERED', '800.00'],
      ['Dairy', 'DELIVERED', '480.00'],
      ['Farm', 'CANCELLED', '0.00'],
      ['Fishery', 'REJECTED', '0.00'],
      ['House', 'DELIVERED', '300.00'],
    ]);
    // What was paid, less what went back, is what was accepted less the 80 for stale bread.
    expect(sum([{ amount: '2950' }, { amount: '-1450' }])).toBe('1500.00');
    expect(sum([...parts.map(([, , amount]) => ({ amount })), { amount: '-80' }])).toBe('1500.00');
  });

  it('ends with a ledger that comes to zero, and agrees with what Stripe has', async () => {
    const { dairy, bakery } = people;
    const { stripe } = market;
    // Stripe keeps 1.5 % and 0.25 of 2950.00. Of the suppliers' 480 and 720 the platform keeps a tenth; the house has its 300.
    const expected = {
      STRIPE: '375.50',
      STRIPE_FEE: '44.50',
      HOUSE: '-300.00',
      PLATFORM_FEE: '-120.00',
    };

    const books = await until('the ledger has all of it', async () => {
      const now = await market.books();
      return now.STRIPE === expected.STRIPE && now;
    });

    expect(books).toEqual(expected);
    expect(sum(Object.values(books).map((amount) => ({ amount })))).toBe('0.00');
    expect(stripe.balance('rub')).toBe(kopecks(expected.STRIPE));
    expect([stripe.money.fundsOf(accounts.dairy, 'rub'), stripe.money.fundsOf(accounts.bakery, 'rub')]).toEqual([
      kopecks('432'),
      kopecks('648'),
    ]);
    const settled = async (who: Trader, part: string) =>
      (await who.ask(documents.settlement, { id: partOf(part).id })).data.supplierOrder.settlement;
    expect(await settled(dairy, 'Dairy')).toEqual({
      status: 'TRANSFERRED',
      paid: { amount: '800.00' },
      refunded: { amount: '320.00' },
      owed: { amount: '432.00' },
      transferred: { amount: '432.00' },
      reversed: { amount: '0.00' },
    });
    expect(await settled(bakery, 'Bakery')).toEqual({
      status: 'TRANSFERRED',
      paid: { amount: '800.00' },
      refunded: { amount: '80.00' },
      owed: { amount: '648.00' },
      transferred: { amount: '720.00' },
      reversed: { amount: '72.00' },
    });
  });

  it('ends with a shelf from which went what was handed over, and nothing else', async () => {
    await until('the handover is known', async () => (await market.shelf()).TEA === 18);

    expect(await market.count({ TEA: 18, RICE: 8 })).toBe(200);

    const entries = await until('the count settled it', async () => {
      const { data } = await people.stepan.ask(documents.stockLedger, { sku: 'TEA' });
      const { nodes } = data.stockLedger;
      return nodes.some(({ reason }: { reason: string }) => reason === 'SETTLED') && nodes;
    });
    const told = entries
      .toReversed()
      .map((entry: Record<string, unknown>) => [
        entry.reason,
        `${entry.fromQuantity}→${entry.toQuantity}`,
        `${entry.fromReserved}→${entry.toReserved}`,
      ]);
    expect(told).toEqual([
      ['SYNC', 'null→20', 'null→null'],
      ['RESERVED', '20→20', '0→3'],
      ['HANDED_OVER', '20→20', '3→2'],
      ['SYNC', '20→18', 'null→null'],
      ['SETTLED', '18→18', '2→0'],
    ]);
    expect(await market.shelf()).toEqual({ TEA: 18, RICE: 8 });
  });

  it('ends with scorecards that tell how each supplier did', async () => {
    const card = async (who: Trader, offer: { supplierId: string }) =>
      (await who.ask(documents.scorecard, { id: offer.supplierId })).data.supplier.scorecards?.[0];

    const scored = () => Promise.all([card(people.dairy, offers.milk), card(people.bakery, offers.bread)]);
    await until('the deliveries are scored', async () => (await scored()).every(({ orders }) => orders === 1));
    await until('the rejection is scored', async () => (await card(people.fishery, offers.salmon)).orders === 1);

    // Of 10 milk 7 came, 1 of them damaged.
    const milk = { promised: 1, onTimeOrders: 1, inFullOrders: 0, rejectedOrders: 0, lines: 1, answers: 1 };
    expect(await card(people.dairy, offers.milk)).toMatchObject({
      ...{ orders: 1, onTime: 1, inFull: 0, otif: 0, fillRate: 6 / 10, rejectedQuantity: 1 / 7, details: milk },
    });
    expect(await card(people.bakery, offers.bread)).toMatchObject({
      ...{ orders: 1, onTime: 1, inFull: 1, otif: 1, fillRate: 1, rejectedQuantity: 0 },
      details: { promised: 1, onTimeOrders: 1, inFullOrders: 1, rejectedOrders: 0, lines: 1, answers: 1 },
    });
    expect(await card(people.fishery, offers.salmon)).toMatchObject({
      ...{ orders: 1, onTime: 0, inFull: 0, otif: 0, fillRate: 0, rejectedQuantity: null },
      details: { rejectedOrders: 1, answers: 1 },
    });
    // What its buyer called off says nothing of the supplier.
    expect(await card(people.farm, offers.eggs)).toMatchObject({ orders: 0, fillRate: null, details: { answers: 0 } });
    // Who bought there sees the shares; who did not sees nothing.
    expect(await card(people.rita, offers.milk)).toMatchObject({ orders: 1, fillRate: 0.6, details: null });
    expect(await card(people.fishery, offers.milk)).toBeUndefined();
    expect(await card(people.katya, offers.milk)).toBeUndefined();
  });

  it('ends with the systems of both sides told of it, each of what is theirs', async () => {
    await atRest(market.graph.database);
    const told = (who: keyof typeof signing) => {
      const messages = market.systems.at(`/${who}`);
      expect(messages.filter((message) => !isSignedBy(signing[who], message))).toEqual([]);
      return messages.map(({ body }) => JSON.parse(body));
    };
    const [bistro, dairy] = [told('bistro'), told('dairy')];
    const countOf = (messages: { type: string }[]) =>
      Object.fromEntries([...Map.groupBy(messages, ({ type }) => type)].map(([type, all]) => [type, all.length]));

    expect(countOf(bistro)).toMatchObject({ 'order.placed': 1, 'delivery.marked': 3 });
    expect(countOf(dairy)).toEqual({ 'order.placed': 1, 'order.changed': 2, 'delivery.marked': 1 });
    const [order] = dairy.filter(({ type }) => type === 'order.placed');
    expect(order.data.supplierOrders).toEqual([
      expect.objectContaining({
        id: partOf('Dairy').id,
        total: '800.00',
        lines: [expect.objectContaining({ supplierSku: 'Milk', quantity: '10', price: '80.00', total: '800.00' })],
      }),
    ]);
    const [delivery] = dairy.filter(({ type }) => type === 'delivery.marked');
    expect(delivery.data.lines).toMatchObject([
      { ordered: '10', confirmed: '8', received: '7', damaged: '1', short: '1' },
    ]);
    expect(JSON.stringify(dairy)).not.toMatch(/Bread|Salmon|2950/);
  });

  it('is the same when all that was told is told once more, the last first', async () => {
    const { database } = market.graph;
    await atRest(database);
    const before = await allRows(database);

    expect(await tellAgain(database)).toBeGreaterThan(50);
    await atRest(database);

    expect(await allRows(database)).toEqual(before);
  });
});
