import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cod, crab, dairyId, fisheryId, milk, rice, tea } from '../testing/fake-market.ts';
import { Market, people } from '../testing/market.ts';

let market: Market;
beforeAll(async () => {
  market = await Market.open();
});
afterEach(() => market.empty());
afterAll(() => market.close());

const cartOf = async (viewer: (typeof people)[keyof typeof people] = people.anna) =>
  (
    await market.ask(
      `{ cart { version total { amount currencyCode } lines { id name supplierName quantity note version
         priceAtAdding { amount } price { amount } total { amount } available addedBy { id } updatedBy { id } }
         suppliers { supplierId name goods { amount } tax { amount } delivery { amount } total { amount }
           deliverOn deliverFrom substitution note minimum { amount } minimumIsHard deliveryDays { on } lines { name } } } }`,
      {},
      viewer,
    )
  ).cart;

const set = async (input: object, viewer: (typeof people)[keyof typeof people] = people.anna) =>
  (
    await market.ask(
      `mutation ($input: SetCartLineInput!) { setCartLine(input: $input) {
         cart { lines { quantity note version updatedBy { id } } } userErrors { code field } } }`,
      { input },
      viewer,
    )
  ).setCartLine;

const choose = async (input: object) =>
  (
    await market.ask(
      `mutation ($input: SetCartSupplierInput!) { setCartSupplier(input: $input) {
         cart { suppliers { supplierId deliverOn substitution note } } userErrors { code field } } }`,
      { input },
    )
  ).setCartSupplier;

const findings = async () =>
  (
    await market.ask(
      `{ validateCart { isPlaceable findings { code severity lineId supplierId quantity
         oldPrice { amount } newPrice { amount } missing { amount currencyCode } } } }`,
    )
  ).validateCart;

describe('a cart', () => {
  it('is shared by the people of a restaurant, and nobody else', async () => {
    await market.add([[cod, '3']], people.anna);
    await market.add([[cod, '1']], people.ben);

    const [line] = (await cartOf(people.ben)).lines;
    expect(line).toMatchObject({ name: 'Cod', quantity: '4', version: 2, addedBy: { id: people.anna.userId } });
    expect(line.updatedBy).toEqual({ id: people.ben.userId });
    expect((await cartOf(people.tom)).lines).toEqual([]);
    expect((await cartOf(people.carl)).lines).toEqual([]);
  });

  it.each(['fay'] as const)('is nothing for %s, who buys for nobody', async (who) => {
    const { errors } = await market.subgraph.execute('{ cart { version } }', {}, people[who]);

    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('comes to what each supplier asks, tax and delivery of now', async () => {
    await market.add([
      [cod, '3'],
      [milk, '4'],
      [tea, '2'],
    ]);

    const { total, suppliers } = await cartOf();

    const sums = suppliers.map((part: Record<string, { amount: string }>) => [
      part.name,
      part.goods?.amount,
      part.tax?.amount,
      part.delivery?.amount,
      part.total?.amount,
    ]);
    expect(sums).toEqual([
      ['The Shop', '7.50', '0.90', '5.00', '13.40'],
      ['Fishery', '31.50', '3.78', '0.00', '35.28'],
      ['Dairy', '13.33', '1.60', '0.00', '14.93'],
    ]);
    expect(total).toEqual({ amount: '63.61', currencyCode: 'EUR' });
  });

  it('shows the price when a line was put in and the price of now', async () => {
    await market.add([[cod, '1']]);
    market.suppliers.change(cod, { price: { amount: '12', currency: 'EUR' } });

    const [line] = (await cartOf()).lines;

    expect(line).toMatchObject({ priceAtAdding: { amount: '10.50' }, price: { amount: '12.00' } });
  });

  it('is readable while suppliers are away', async () => {
    await market.add([[cod, '1']]);
    market.suppliers.isAway = true;

    const { data, errors } = await market.subgraph.execute(
      '{ cart { lines { name priceAtAdding { amount } price { amount } } suppliers { name } } }',
      {},
      people.anna,
    );

    expect(data.cart).toEqual({
      lines: [{ name: 'Cod', priceAtAdding: { amount: '10.50' }, price: null }],
      suppliers: null,
    });
    expect(new Set(errors?.map(({ extensions }) => extensions?.code))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
  });

  it('asks suppliers once, and the database three times, however many lines it has', async () => {
    await market.add([
      [cod, '3'],
      [milk, '4'],
      [tea, '2'],
      [rice, '1'],
    ]);
    market.subgraph.statements();

    await cartOf();

    expect(market.subgraph.statements()).toHaveLength(1);
  });
});

describe('putting in', () => {
  it('takes all lines or none, and says which cannot be ordered', async () => {
    market.suppliers.change(milk, { status: 'NOT_AVAILABLE' });

    const { cart, userErrors } = await market.add([
      [cod, '1'],
      ['nonsense', '1'],
      [milk, '2'],
    ]);

    expect(userErrors).toEqual([
      { code: 'UNKNOWN_OFFER', field: ['input', 'lines', '1', 'offerId'] },
      { code: 'NOT_AVAILABLE', field: ['input', 'lines', '2', 'offerId'] },
    ]);
    expect(cart.lines).toEqual([]);
  });

  it.each(['0', '-1', '1.0001', '99999999999999'])('refuses a quantity of %s', async (quantity) => {
    const { cart, userErrors } = await market.add([[cod, quantity]]);

    expect(userErrors).toEqual([{ code: 'BAD_QUANTITY', field: ['input', 'lines', '0', 'quantity'] }]);
    expect(cart).toEqual({ version: 0, lines: [] });
  });

  it('ends at 500 lines', async () => {
    const offers = Array.from({ length: 501 }, (_, index) => `house:${index}`);
    for (const offerId of offers)
      market.suppliers.offers.set(offerId, { ...market.suppliers.offers.get(tea), offerId });
    const whole = offers.slice(0, 500).map((offerId) => [offerId, '1'] as const);

    expect((await market.add(whole)).cart.lines).toHaveLength(500);
    const more = await market.add([['house:500', '1']]);
    expect(more.userErrors).toEqual([{ code: 'TOO_MANY_LINES', field: ['input', 'lines'] }]);
    expect(more.cart.lines).toHaveLength(500);
  });

  it('by many members at once loses nothing', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, turn) =>
        market.add([[turn % 2 ? cod : crab, '1']], turn % 3 ? people.ben : people.anna),
      ),
    );

    const { lines, version } = await cartOf();
    expect(lines.map((line: { name: string; quantity: string }) => `${line.quantity} ${line.name}`).toSorted()).toEqual(
      ['6 Cod', '6 Crab'],
    );
    expect(version).toBe(13);
  });
});

describe('changing a line', () => {
  it('takes the last writer’s word, unless they saw another version', async () => {
    const { cart } = await market.add([[cod, '1']]);
    const lineId = cart.lines[0]?.id;

    const anna = await set({ lineId, quantity: '5', expectedVersion: 1 });
    const ben = await set({ lineId, quantity: '7', expectedVersion: 1 }, people.ben);
    const benAgain = await set({ lineId, quantity: '8', note: ' ripe ' }, people.ben);

    expect(anna.userErrors).toEqual([]);
    expect(ben).toMatchObject({
      cart: { lines: [{ quantity: '5' }] },
      userErrors: [{ code: 'CHANGED_MEANWHILE', field: ['input', 'expectedVersion'] }],
    });
    expect(benAgain.cart.lines).toEqual([
      { quantity: '8', note: 'ripe', version: 3, updatedBy: { id: people.ben.userId } },
    ]);
  });

  it('removes it with 0, and another buyer’s line is none', async () => {
    const { cart } = await market.add([[cod, '1']]);
    const lineId = cart.lines[0]?.id;

    expect((await set({ lineId, quantity: '9' }, people.tom)).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['input', 'lineId'] },
    ]);
    expect((await cartOf()).lines[0].quantity).toBe('1');
    expect((await set({ lineId, quantity: '0' })).cart.lines).toEqual([]);
  });

  it('takes out one line, or all', async () => {
    const { cart } = await market.add([
      [cod, '1'],
      [crab, '1'],
    ]);
    const remove =
      'mutation ($id: ID!) { removeCartLine(lineId: $id) { cart { lines { name } } userErrors { code } } }';

    const { removeCartLine } = await market.ask(remove, { id: cart.lines[0]?.id });
    const { clearCart } = await market.ask('mutation { clearCart { cart { lines { name } version } } }');

    expect(removeCartLine).toEqual({ cart: { lines: [{ name: 'Crab' }] }, userErrors: [] });
    expect(clearCart.cart).toEqual({ lines: [], version: 4 });
  });
});

describe('what is wanted of a supplier', () => {
  it('is one of its days, a policy and a note, each by itself', async () => {
    await market.add([[cod, '1']]);

    await choose({ supplierId: fisheryId, deliverOn: '2026-11-26' });
    const { cart, userErrors } = await choose({ supplierId: fisheryId, substitution: 'REFUSE', note: 'Back door' });

    expect(userErrors).toEqual([]);
    expect(cart.suppliers).toEqual([
      { supplierId: fisheryId, deliverOn: '2026-11-26', substitution: 'REFUSE', note: 'Back door' },
    ]);
  });

  it('is refused for a day without delivery, and for a supplier that is not in the cart', async () => {
    await market.add([[cod, '1']]);

    expect((await choose({ supplierId: fisheryId, deliverOn: '2026-11-25' })).userErrors).toEqual([
      { code: 'DELIVERY_DAY_IMPOSSIBLE', field: ['input', 'deliverOn'] },
    ]);
    expect((await choose({ supplierId: dairyId, note: 'Hello' })).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['input', 'supplierId'] },
    ]);
  });
});

describe('validation', () => {
  it('finds nothing wrong with a good cart', async () => {
    await market.add([
      [cod, '3'],
      [tea, '2'],
    ]);

    expect(await findings()).toEqual({ isPlaceable: true, findings: [] });
  });

  it('says of an empty cart that it is empty', async () => {
    expect(await findings()).toMatchObject({ isPlaceable: false, findings: [{ code: 'CART_EMPTY' }] });
  });

  it('finds everything that is wrong, line by line and supplier by supplier', async () => {
    await market.add([
      [cod, '1'],
      [crab, '0.25'],
      [milk, '3'],
      [tea, '11'],
      [rice, '1'],
    ]);
    await choose({ supplierId: fisheryId, deliverOn: '2026-11-24' });
    market.suppliers.change(rice, { status: 'NO_PRICE', price: null });
    market.suppliers.change(cod, { price: { amount: '1', currency: 'EUR' } });
    market.suppliers.change(crab, { price: { amount: '10', currency: 'EUR' } });
    market.suppliers.change(milk, { price: { amount: '3.3330', currency: 'USD' } });

    const { isPlaceable, findings: found } = await findings();

    const codes = found.map(({ code, severity, quantity, oldPrice, newPrice, missing }: (typeof found)[number]) =>
      [code, severity, quantity, oldPrice?.amount, newPrice?.amount, missing?.amount]
        .filter((part) => part != null)
        .join(' '),
    );
    expect(isPlaceable).toBe(false);
    expect(codes).toEqual([
      'PRICE_MOVED WARNING 10.50 1.00',
      'BELOW_MINIMUM_QUANTITY ERROR 1',
      'NOT_A_MULTIPLE ERROR 0.5',
      'PRICE_MOVED WARNING 99.99 10.00',
      'BELOW_MINIMUM_QUANTITY ERROR 4',
      'NOT_A_MULTIPLE ERROR 4',
      'PRICE_MOVED WARNING 3.333 3.333',
      'NOT_ENOUGH ERROR 10',
      'NO_PRICE ERROR',
      'CURRENCY_MIXED ERROR',
      'BELOW_MINIMUM ERROR 26.50',
      'DELIVERY_DAY_IMPOSSIBLE ERROR',
      'BELOW_MINIMUM WARNING 10.00',
    ]);
  });

  it('tells a cut-off that has passed from a day that never was', async () => {
    await market.add([[cod, '3']]);
    await choose({ supplierId: fisheryId, deliverOn: '2026-11-24' });
    market.now = Date.parse('2026-11-23T18:00:00Z');

    expect(await findings()).toMatchObject({
      isPlaceable: false,
      findings: [{ code: 'CUT_OFF_PASSED', severity: 'ERROR', supplierId: fisheryId }],
    });
  });

  it('finds offers that are gone, or for others now', async () => {
    await market.add([
      [tea, '1'],
      [rice, '1'],
    ]);
    market.suppliers.offers.delete(tea);
    market.suppliers.change(rice, { status: 'NOT_FOR_THIS_BUYER' });

    const { findings: found } = await findings();

    expect(found.map(({ code }: { code: string }) => code)).toEqual(['UNKNOWN_OFFER', 'NOT_FOR_THIS_BUYER']);
  });
});
