import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cod, crab, milk, rice, tea } from '../testing/fake-market.ts';
import { Market, people } from '../testing/market.ts';

let market: Market;
beforeAll(async () => {
  market = await Market.open();
});
afterEach(async () => {
  await market.subgraph.ownerQuery('DELETE FROM orders.pars');
  await market.empty();
});
afterAll(() => market.close());

type Person = (typeof people)[keyof typeof people];
type Lines = readonly (readonly [offerId: string, quantity: string])[];

let orders = 0;

/** Orders lines so many days ago. */
async function bought(lines: Lines, daysAgo = 0, viewer: Person = people.anna): Promise<string> {
  orders += 1;
  await market.add(lines, viewer);
  const mutation = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id status } } }';
  const { placeOrder } = await market.ask(mutation, { input: { idempotencyKey: String(orders) } }, viewer);
  const { id, status } = placeOrder.order;
  expect(status).toBe('PLACED');
  const at = new Date(Market.monday - daysAgo * 86_400_000);
  await market.subgraph.ownerQuery('UPDATE orders.orders SET created_at = $2 WHERE id = $1', [id, at]);
  await market.subgraph.ownerQuery('UPDATE orders.supplier_orders SET placed_at = $2 WHERE order_id = $1', [id, at]);
  return id;
}

const guide = async (variables: object = {}, viewer: Person = people.ben) =>
  (
    await market.ask(
      `query ($first: Int, $after: String) { orderGuide(first: $first, after: $after) { pageInfo { endCursor hasNextPage }
         nodes { name timesOrdered usualQuantity lastPrice { amount } lastOrderedAt offer { id } supplierName } } }`,
      variables as Record<string, unknown>,
      viewer,
    )
  ).orderGuide;

const setPars = async (lines: Lines, viewer: Person = people.anna) =>
  (
    await market.ask(
      'mutation ($input: SetParsInput!) { setPars(input: $input) { userErrors { code field } } }',
      { input: { lines: lines.map(([offerId, level]) => ({ offerId, level })) } },
      viewer,
    )
  ).setPars.userErrors;

const fill = async (lines: Lines, viewer: Person = people.anna) =>
  (
    await market.ask(
      `mutation ($input: FillToParInput!) { fillToPar(input: $input) { cart { lines { name quantity } }
         skipped { offerId quantity code } userErrors { code field } } }`,
      { input: { lines: lines.map(([offerId, onHand]) => ({ offerId, onHand })) } },
      viewer,
    )
  ).fillToPar;

const namesOf = (rows: readonly { name: string; quantity?: string }[]) =>
  rows.map(({ name, quantity }) => (quantity ? `${quantity} ${name}` : name));

describe('the order guide', () => {
  it('puts first what is ordered often and lately, with the usual quantity and the last price', async () => {
    await bought([[cod, '3']], 2);
    await bought([[cod, '9']], 9);
    await bought(
      [
        [cod, '4'],
        [milk, '6'],
      ],
      16,
    );
    await bought([[milk, '8']], 100);
    await bought([[rice, '1']], 120);
    await bought([[tea, '1']], 200);
    market.suppliers.change(cod, { price: { amount: '99', currency: 'EUR' } });

    const { nodes } = await guide();

    expect(nodes).toEqual([
      {
        name: 'Cod',
        timesOrdered: 3,
        usualQuantity: '4',
        lastPrice: { amount: '10.50' },
        lastOrderedAt: '2026-11-21T08:00:00.000Z',
        offer: { id: cod },
        supplierName: 'Fishery',
      },
      expect.objectContaining({ name: 'Milk', timesOrdered: 2, usualQuantity: '6', lastPrice: { amount: '3.333' } }),
      expect.objectContaining({ name: 'Rice', timesOrdered: 1 }),
    ]);
    expect((await guide({}, people.tom)).nodes).toEqual([]);
  });

  it('is read page by page, as of one moment, in one statement', async () => {
    await bought([[cod, '3']], 1);
    await bought([[milk, '6']], 3);
    await bought([[rice, '2']], 5);
    market.subgraph.statements();

    const first = await guide({ first: 2 });
    expect(market.subgraph.statements()).toHaveLength(1);
    await bought([[tea, '1']], 0);
    const second = await guide({ first: 2, after: first.pageInfo.endCursor });

    expect(namesOf([...first.nodes, ...second.nodes])).toEqual(expect.arrayContaining(['Cod', 'Milk', 'Rice']));
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it.each(['anything', Buffer.from('["order-guide","x","1","y"]').toString('base64url')])(
    'refuses %s as a cursor',
    async (after) => {
      const { errors } = await market.subgraph.execute(
        'query ($after: String) { orderGuide(after: $after) { nodes { name } } }',
        { after },
        people.anna,
      );

      expect(errors?.[0]?.extensions?.code).toBe('BAD_CURSOR');
    },
  );
});

describe('par levels', () => {
  it('are set, changed and taken away, and shared by the restaurant', async () => {
    expect(
      await setPars([
        [cod, '10'],
        [milk, '6'],
        [tea, '2'],
      ]),
    ).toEqual([]);
    expect(
      await setPars(
        [
          [cod, '12'],
          [tea, '0'],
        ],
        people.ben,
      ),
    ).toEqual([]);

    const read =
      'query ($after: String) { pars(first: 1, after: $after) { pageInfo { endCursor } nodes { name level supplierName } } }';
    const first = (await market.ask(read)).pars;
    const second = (await market.ask(read, { after: first.pageInfo.endCursor })).pars;
    expect([...first.nodes, ...second.nodes]).toEqual([
      { name: 'Cod', level: '12', supplierName: 'Fishery' },
      { name: 'Milk', level: '6', supplierName: 'Dairy' },
    ]);
    expect((await market.ask(read, {}, people.tom)).pars.nodes).toEqual([]);
  });

  it('are all set or none', async () => {
    expect(
      await setPars([
        [cod, '10'],
        ['nothing', '1'],
      ]),
    ).toEqual([{ code: 'UNKNOWN_OFFER', field: ['input', 'lines', '1', 'offerId'] }]);
    expect(await setPars([[cod, '-1']])).toEqual([{ code: 'BAD_QUANTITY', field: ['input', 'lines', '0', 'level'] }]);
    expect(await market.subgraph.ownerQuery('SELECT FROM orders.pars')).toEqual([]);
  });

  it('fill the cart with what is missing, rounded up to what can be ordered, once', async () => {
    await setPars([
      [cod, '10'],
      [milk, '7'],
      [crab, '1.25'],
      [tea, '3'],
    ]);
    await market.add([[cod, '2']]);
    const counts = [
      [cod, '4'],
      [milk, '6'],
      [crab, '0.5'],
      [tea, '3'],
    ] as const;

    const { cart, skipped, userErrors } = await fill(counts);
    const again = await fill(counts);

    // Milk is sold from 4 in twos, crab in halves.
    expect(namesOf(cart.lines)).toEqual(['6 Cod', '4 Milk', '1 Crab']);
    expect({ skipped, userErrors }).toEqual({ skipped: [], userErrors: [] });
    expect(again.cart).toEqual(cart);
  });

  it('fill as far as can be, and say what could not be put in', async () => {
    await setPars([
      [cod, '10'],
      [milk, '6'],
    ]);
    market.suppliers.change(milk, { status: 'NOT_AVAILABLE' });

    const { cart, skipped } = await fill([
      [cod, '0'],
      [milk, '0'],
    ]);

    expect(namesOf(cart.lines)).toEqual(['10 Cod']);
    expect(skipped).toEqual([{ offerId: milk, quantity: '6', code: 'NOT_AVAILABLE' }]);
    expect((await fill([['a\0b', '1']])).userErrors).toEqual([
      { code: 'NO_PAR', field: ['input', 'lines', '0', 'offerId'] },
    ]);
  });
});

describe('ordering again', () => {
  const again = async (id: string, viewer: Person = people.ben) =>
    (
      await market.ask(
        `mutation ($id: ID!) { addOrderToCart(orderId: $id) { cart { lines { name quantity } } skipped { code }
           userErrors { code field } } }`,
        { id },
        viewer,
      )
    ).addOrderToCart;

  it('puts into the cart what the order was for, as far as there is', async () => {
    const id = await bought([
      [cod, '3'],
      [milk, '6'],
      [tea, '2'],
    ]);
    market.suppliers.offers.delete(milk);

    const { cart, skipped, userErrors } = await again(id);

    expect(namesOf(cart.lines).toSorted()).toEqual(['2 Tea', '3 Cod']);
    expect({ skipped, userErrors }).toEqual({ skipped: [{ code: 'UNKNOWN_OFFER' }], userErrors: [] });
  });

  it('is not for others’ orders', async () => {
    const id = await bought([[cod, '3']]);

    for (const answer of [await again(id, people.tom), await again('nothing')])
      expect(answer.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['orderId'] }]);
  });
});
