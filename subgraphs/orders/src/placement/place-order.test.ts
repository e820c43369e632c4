import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cod, crab, dairyId, fisheryId, houseId, milk, rice, tea } from '../testing/fake-market.ts';
import { bistroId, Market, people } from '../testing/market.ts';

let market: Market;
beforeAll(async () => {
  market = await Market.open({ works: true, settings: { ORDER_RESUME_SECONDS: 3_600 } });
});
afterEach(() => market.empty());
afterAll(() => market.close());

type Person = (typeof people)[keyof typeof people];

const mutation = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
  replayed userErrors { code field } findings { code }
  refusedLines { name refusal available }
  order { id number status refusal buyerName total { amount currencyCode } goods { amount } tax { amount }
    delivery { amount } placedBy { id } buyer { __typename ... on Organization { id } }
    supplierOrders { id number status supplierName deliverOn deliverFrom total { amount } delivery { amount }
      lines { name quantity price { amount } goods { amount } tax { amount } total { amount } taxRate refusal available note } } } } }`;

const place = async (input: object = {}, viewer: Person = people.anna) =>
  (await market.ask(mutation, { input: { idempotencyKey: 'one', ...input } }, viewer)).placeOrder;

const cartOf = async (viewer: Person = people.anna): Promise<string[]> =>
  (await market.ask('{ cart { lines { name quantity } } }', {}, viewer)).cart.lines.map(
    ({ name, quantity }: { name: string; quantity: string }) => `${quantity} ${name}`,
  );

const rowsOf = (table: string) => market.subgraph.ownerQuery<Record<string, string>>(`SELECT * FROM orders.${table}`);

describe('placing an order', () => {
  it('splits the cart by supplier, with prices, names and tax as they are', async () => {
    await market.add([
      [cod, '3'],
      [milk, '4'],
      [tea, '2'],
      [milk, '2'],
    ]);

    const { order, ...rest } = await place({ note: 'Ring twice', expectedTotal: '71.08' });

    expect(rest).toEqual({ replayed: false, userErrors: [], findings: [], refusedLines: [] });
    expect(order).toMatchObject({
      number: expect.stringMatching(/^\d{4}-\d{6}$/),
      status: 'PLACED',
      buyerName: 'Bistro',
      buyer: { __typename: 'Organization', id: bistroId },
      placedBy: { id: people.anna.userId },
      goods: { amount: '59.00' },
      tax: { amount: '7.08' },
      delivery: { amount: '5.00' },
      total: { amount: '71.08', currencyCode: 'EUR' },
    });
    expect(
      order.supplierOrders.map((part: Record<string, unknown>) => [part.number, part.status, part.supplierName]),
    ).toEqual([
      [`${order.number}-1`, 'PLACED', 'Fishery'],
      [`${order.number}-2`, 'PLACED', 'Dairy'],
      [`${order.number}-3`, 'PLACED', 'The Shop'],
    ]);
    expect(order.supplierOrders[0]).toMatchObject({
      deliverOn: '2026-11-24',
      deliverFrom: '08:00',
      lines: [{ name: 'Cod', quantity: '3', price: { amount: '10.50' }, total: { amount: '35.28' }, taxRate: '12.00' }],
    });
    expect(await cartOf()).toEqual([]);
  });

  it('reserves the house’s goods until well after their delivery, and tells of the order once', async () => {
    await market.add([
      [tea, '2'],
      [cod, '3'],
    ]);

    const { order } = await place();
    await place();

    const house = order.supplierOrders.find((part: { supplierName: string }) => part.supplierName === 'The Shop');
    expect(market.inventory.held()).toEqual([house.id]);
    expect(market.inventory.stock.get('TEA')).toBe(8);
    expect(Date.parse(market.inventory.expiries.at(-1) ?? '')).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    const told = (await market.told('tell-live-order-placed')) as { orderId: string; supplierOrders: unknown[] }[];
    expect(told).toEqual([
      expect.objectContaining({
        orderId: order.id,
        placedBy: people.anna.userId,
        buyer: { kind: 'ORGANIZATION', id: bistroId },
        supplierOrders: expect.arrayContaining([
          expect.objectContaining({
            id: house.id,
            supplier: { id: houseId, organizationId: null, isHouse: true },
            lines: [expect.objectContaining({ productSku: 'TEA', quantity: '2.000' })],
          }),
        ]),
      }),
    ]);
  });

  it('answers the same key with the same order, and other content with a refusal', async () => {
    await market.add([[cod, '3']]);

    const first = await place();
    await market.add([[crab, '1']]);
    const again = await place({}, people.anna);

    expect(again).toMatchObject({ replayed: true, order: { id: first.order.id } });
    expect(await cartOf()).toEqual(['1 Crab']);
    const { errors } = await market.subgraph.execute(
      mutation,
      { input: { idempotencyKey: 'one', note: 'Other' } },
      people.ben,
    );
    expect(errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_KEY_REUSED');
    // The key is the buyer's: another's is another.
    await market.add([[cod, '3']], people.tom);
    expect((await place({}, people.tom)).replayed).toBe(false);
  });

  it.each([
    ['one key', () => 'same'],
    ['a key each', (turn: number) => `key ${turn}`],
  ])('by eight clicks at once with %s makes one order of one cart', async (_, keyOf) => {
    await market.add([
      [tea, '2'],
      [cod, '3'],
    ]);

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_click, turn) =>
        place({ idempotencyKey: keyOf(turn) }, turn % 2 ? people.anna : people.ben),
      ),
    );

    expect(await rowsOf('orders')).toHaveLength(1);
    expect(market.inventory.held()).toHaveLength(1);
    expect(await market.told('tell-live-order-placed')).toHaveLength(1);
    const ids = new Set(answers.flatMap(({ order }) => (order ? [order.id] : [])));
    expect(ids.size).toBe(1);
    for (const { order, userErrors } of answers) if (!order) expect(userErrors[0].code).toBe('NOT_PLACEABLE');
  });

  it('by members who put in more at the same time loses nothing, and orders nothing twice', async () => {
    await market.add([
      [cod, '3'],
      [tea, '1'],
    ]);

    await Promise.all([
      ...Array.from({ length: 5 }, (_, turn) => place({ idempotencyKey: `at once ${turn}` }, people.ben)),
      ...Array.from({ length: 6 }, (_, turn) =>
        market.add([[turn % 2 ? cod : tea, '1']], turn % 3 ? people.anna : people.ben),
      ),
    ]);
    while ((await rowsOf('orders')).some(({ status }) => status === 'PLACING')) await place({ idempotencyKey: 'last' });

    const ordered = await market.subgraph.ownerQuery(
      `SELECT offer_id, sum(quantity)::text AS quantity FROM (
         SELECT offer_id, line.quantity FROM orders.order_lines line
           JOIN orders.supplier_orders part ON part.id = line.supplier_order_id WHERE part.status = 'PLACED'
         UNION ALL SELECT offer_id, quantity FROM orders.cart_lines
       ) AS everywhere GROUP BY offer_id ORDER BY offer_id`,
    );
    expect(ordered).toEqual([
      { offer_id: cod, quantity: '6.000' },
      { offer_id: tea, quantity: '4.000' },
    ]);
    const placed = (await rowsOf('orders')).filter(({ status }) => status === 'PLACED');
    expect(await market.told('tell-live-order-placed')).toHaveLength(placed.length);
  });

  it('of some suppliers leaves what is of the others in the cart', async () => {
    await market.add([
      [cod, '1'],
      [milk, '6'],
      [tea, '2'],
    ]);
    market.suppliers.change(tea, { price: { amount: '4.20', currency: 'USD' } });
    const check = 'query ($ids: [ID!]) { validateCart(supplierIds: $ids) { isPlaceable findings { code } } }';

    const whole = await place();
    const { validateCart } = await market.ask(check, { ids: [dairyId] });
    const part = await place({ supplierIds: [dairyId] });

    expect(whole.findings).toEqual([{ code: 'PRICE_MOVED' }, { code: 'CURRENCY_MIXED' }, { code: 'BELOW_MINIMUM' }]);
    expect(validateCart).toEqual({ isPlaceable: true, findings: [] });
    expect(part.order.supplierOrders).toMatchObject([{ supplierName: 'Dairy', status: 'PLACED' }]);
    expect(await cartOf()).toEqual(['1 Cod', '2 Tea']);
    const { errors } = await market.subgraph.execute(
      mutation,
      { input: { idempotencyKey: 'one', supplierIds: [fisheryId] } },
      people.anna,
    );
    expect(errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('keeps names, prices and tax as they were, whatever becomes of the offers', async () => {
    await market.add([[cod, '3']]);
    const { order } = await place();
    market.suppliers.change(cod, { name: 'Haddock', price: { amount: '99', currency: 'USD' }, taxRate: '25.00' });
    market.suppliers.change(fisheryId, { name: 'Sold', currency: 'USD' });
    const query = `query ($id: ID!) { order(id: $id) { total { amount currencyCode }
      supplierOrders { supplierName lines { name taxRate price { amount currencyCode } tax { amount } } } } }`;

    expect((await market.ask(query, { id: order.id })).order).toEqual({
      total: { amount: '35.28', currencyCode: 'EUR' },
      supplierOrders: [
        {
          supplierName: 'Fishery',
          lines: [
            {
              ...{ name: 'Cod', taxRate: '12.00' },
              ...{ price: { amount: '10.50', currencyCode: 'EUR' }, tax: { amount: '3.78' } },
            },
          ],
        },
      ],
    });
  });

  it('orders nothing of a cart that something is wrong with, and says what', async () => {
    await market.add([[cod, '1']]);

    const { order, userErrors, findings } = await place();

    expect({ order, userErrors, findings }).toEqual({
      order: null,
      userErrors: [{ code: 'NOT_PLACEABLE', field: ['input'] }],
      findings: [{ code: 'BELOW_MINIMUM' }],
    });
    expect(await rowsOf('orders')).toEqual([]);
    expect(await cartOf()).toEqual(['1 Cod']);
  });

  it('does not buy at a price that moved when the buyer says what they saw', async () => {
    await market.add([[cod, '3']]);
    market.suppliers.change(cod, { price: { amount: '11', currency: 'EUR' } });

    const blind = await place({ expectedTotal: '35.28' });
    const seen = await place({ expectedTotal: '36.96', idempotencyKey: 'two' });

    expect(blind).toMatchObject({
      order: null,
      userErrors: [{ code: 'TOTAL_MOVED' }],
      findings: [{ code: 'PRICE_MOVED' }],
    });
    expect(seen.order).toMatchObject({ status: 'PLACED', total: { amount: '36.96' } });
  });

  it('refuses cards where payments are off, and keys that are none', async () => {
    await market.add([[cod, '3']]);

    expect((await place({ paymentMethod: 'CARD' })).userErrors).toEqual([
      { code: 'PAYMENTS_OFF', field: ['input', 'paymentMethod'] },
    ]);
    expect((await place({ idempotencyKey: ' ' })).userErrors).toEqual([
      { code: 'BAD_KEY', field: ['input', 'idempotencyKey'] },
    ]);
    expect(await rowsOf('orders')).toEqual([]);
  });
});

describe('what cannot be reserved', () => {
  const fill = () =>
    market.add([
      [tea, '4'],
      [rice, '9'],
      [cod, '3'],
    ]);

  it('is told line by line, stays in the cart, and the others are placed', async () => {
    await fill();
    market.inventory.stock.set('RICE', 5);

    const { order, refusedLines, userErrors } = await place();

    expect(userErrors).toEqual([]);
    expect(refusedLines).toEqual([{ name: 'Rice', refusal: 'INSUFFICIENT', available: '5' }]);
    expect(order).toMatchObject({ status: 'PLACED', total: { amount: '35.28' }, delivery: { amount: '0.00' } });
    expect(order.supplierOrders.map(({ status }: { status: string }) => status)).toEqual(['REFUSED', 'PLACED']);
    expect(market.inventory.held()).toEqual([]);
    expect(market.inventory.stock.get('TEA')).toBe(10);
    expect(await cartOf()).toEqual(['4 Tea', '9 Rice']);
  });

  it('keeps all from being ordered where the buyer wants all or nothing', async () => {
    await fill();
    market.inventory.stock.set('RICE', 5);

    const { order, userErrors } = await place({ allOrNothing: true });

    expect(userErrors).toEqual([{ code: 'NOT_RESERVED', field: [] }]);
    expect(order).toMatchObject({ status: 'REFUSED', refusal: 'NOT_RESERVED' });
    expect(await cartOf()).toEqual(['4 Tea', '9 Rice', '3 Cod']);
    expect(await market.told('tell-live-order-placed')).toEqual([]);
    // The same key stays the same answer; a new one may try again.
    market.inventory.stock.set('RICE', 9);
    expect((await place({ allOrNothing: true })).order).toMatchObject({ status: 'REFUSED' });
    expect((await place({ allOrNothing: true, idempotencyKey: 'two' })).order).toMatchObject({ status: 'PLACED' });
  });
});

describe('an order that is being placed', () => {
  it('leaves in the cart what members put in meanwhile', async () => {
    await market.add([
      [tea, '2'],
      [cod, '3'],
    ]);
    market.inventory.after = async () => {
      await market.add(
        [
          [cod, '1'],
          [crab, '1'],
        ],
        people.ben,
      );
    };

    await place();

    expect(await cartOf()).toEqual(['1 Cod', '1 Crab']);
  });

  it('is finished by the same key when inventory was away', async () => {
    await market.add([[tea, '2']]);
    market.inventory.before = () => Promise.reject(new Error('away'));

    const { errors } = await market.subgraph.execute(mutation, { input: { idempotencyKey: 'one' } }, people.anna);
    const between = await rowsOf('orders');
    market.inventory.before = async () => {};
    const { order, replayed } = await place();

    expect(errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(between).toMatchObject([{ status: 'PLACING' }]);
    expect(order.status).toBe('PLACED');
    expect(replayed).toBe(true);
    expect(await cartOf()).toEqual([]);
  });

  it('whose reservation was made and not answered, reserves no second time', async () => {
    await market.add([[tea, '2']]);
    market.inventory.after = () => Promise.reject(new Error('the answer is lost'));

    await market.subgraph.execute(mutation, { input: { idempotencyKey: 'one' } }, people.anna);
    market.inventory.after = async () => {};
    const { order } = await place();

    expect(market.inventory.held()).toEqual([order.supplierOrders[0].id]);
    expect(market.inventory.stock.get('TEA')).toBe(8);
    expect(await market.told('tell-live-order-placed')).toHaveLength(1);
  });

  it('is finished before the next is made of the same cart', async () => {
    await market.add([[tea, '2']]);
    market.inventory.before = () => Promise.reject(new Error('away'));
    await market.subgraph.execute(mutation, { input: { idempotencyKey: 'one' } }, people.anna);
    market.inventory.before = async () => {};
    await market.add([[cod, '3']], people.ben);

    const { order } = await place({ idempotencyKey: 'two' }, people.ben);

    expect(order.supplierOrders.map(({ supplierName }: { supplierName: string }) => supplierName)).toEqual(['Fishery']);
    expect(await rowsOf('orders')).toMatchObject([{ status: 'PLACED' }, { status: 'PLACED' }]);
  });
});

describe('reading', () => {
  const parts =
    '{ supplierOrders { totalCount nodes { id buyerName total { amount } order: number lines { name } } } }';

  it('shows a supplier its own part of an order, and staff the house’s', async () => {
    market.suppliers.change(fisheryId, { organizationId: people.fay.organization.id });
    await market.add([
      [tea, '2'],
      [cod, '3'],
      [milk, '6'],
    ]);
    const { order } = await place();

    const fishery = (await market.ask(parts, {}, people.fay)).supplierOrders;
    const house = (await market.ask(parts, {}, people.staff)).supplierOrders;

    expect(fishery).toMatchObject({
      totalCount: 1,
      nodes: [{ buyerName: 'Bistro', total: { amount: '35.28' }, lines: [{ name: 'Cod' }] }],
    });
    expect(house).toMatchObject({ totalCount: 1, nodes: [{ lines: [{ name: 'Tea' }] }] });
    expect(
      (await market.ask('query ($id: ID!) { order(id: $id) { id } }', { id: order.id }, people.fay)).order,
    ).toBeNull();
    const one = 'query ($id: ID!) { supplierOrder(id: $id) { id } }';
    const others = order.supplierOrders
      .map(({ id }: { id: string }) => id)
      .filter((id: string) => id !== fishery.nodes[0].id);
    for (const id of others) expect((await market.ask(one, { id }, people.fay)).supplierOrder).toBeNull();
    for (const id of others) expect((await market.ask(one, { id }, people.ben)).supplierOrder).toEqual({ id });
    for (const id of others) expect((await market.ask(one, { id }, people.tom)).supplierOrder).toBeNull();
  });

  it('shows a supplier what the buyer wrote to it and to all, and nothing of what others are told', async () => {
    market.suppliers.change(fisheryId, { organizationId: people.fay.organization.id });
    await market.add([
      [cod, '3'],
      [milk, '6'],
    ]);
    const { cart } = await market.ask('{ cart { lines { id } } }');
    await market.ask(
      'mutation ($id: ID!) { setCartLine(input: { lineId: $id, note: "On ice" }) { userErrors { code } } }',
      {
        id: cart.lines[0].id,
      },
    );
    const choose = `mutation ($input: SetCartSupplierInput!) { setCartSupplier(input: $input) { userErrors { code } } }`;
    await market.ask(choose, { input: { supplierId: fisheryId, note: 'Back door' } });
    await market.ask(choose, { input: { supplierId: dairyId, note: 'For the dairy alone' } });
    await place({ note: 'Ring twice' });

    const seen = (
      await market.ask('{ supplierOrders { nodes { orderNote note lines { name note } } } }', {}, people.fay)
    ).supplierOrders;

    expect(seen.nodes).toEqual([
      { orderNote: 'Ring twice', note: 'Back door', lines: [{ name: 'Cod', note: 'On ice' }] },
    ]);
  });

  it('lists a buyer’s orders page by page, the newest first, each list in one statement', async () => {
    for (const key of ['a', 'b', 'c']) {
      await market.add([
        [cod, '3'],
        [milk, '6'],
      ]);
      await place({ idempotencyKey: key });
    }
    const query = `query ($after: String, $filter: OrderFilter) { myOrders(first: 2, after: $after, filter: $filter) {
      totalCount pageInfo { endCursor hasNextPage }
      nodes { number supplierOrders { supplierName lines { name } } } } }`;
    market.subgraph.statements();

    const first = (await market.ask(query)).myOrders;
    expect(market.subgraph.statements()).toHaveLength(4);
    const second = (await market.ask(query, { after: first.pageInfo.endCursor })).myOrders;

    expect(first.totalCount).toBe(3);
    expect([...first.nodes, ...second.nodes].map(({ number }: { number: string }) => number)).toEqual(
      (await rowsOf('orders'))
        .map(({ number }) => number)
        .toSorted()
        .toReversed(),
    );
    expect(second.pageInfo.hasNextPage).toBe(false);
    const filtered = async (filter: object) => (await market.ask(query, { filter })).myOrders.totalCount;
    expect(await filtered({ supplierId: dairyId, statuses: ['PLACED'] })).toBe(3);
    expect(await filtered({ supplierId: houseId })).toBe(0);
    expect(await filtered({ statuses: ['REFUSED'] })).toBe(0);
    expect((await market.ask(query, {}, people.tom)).myOrders).toMatchObject({ totalCount: 0, nodes: [] });
  });
});
