import { createLogger } from '@gastronom/shared/logger';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readOrdersSettings } from '../env.ts';
import { cod, fisheryId, houseId, milk, rice, tea } from '../testing/fake-market.ts';
import { bistroId, Market, people } from '../testing/market.ts';
import { placeStandingOrder } from './place-standing-order.ts';
import { StandingOrderRepository } from './standing-order.repository.ts';

let market: Market;
beforeAll(async () => {
  market = await Market.open();
});
afterEach(async () => {
  await market.subgraph.ownerQuery('TRUNCATE orders.standing_orders, orders.spend_limits CASCADE');
  await market.empty();
});
afterAll(() => market.close());

/** Mondays and Thursdays at half past nine in Stockholm: it is Monday, nine there. */
const good = {
  name: 'Fish',
  cron: '30 9 * * MON,THU',
  timeZone: 'Europe/Stockholm',
  lines: [
    { offerId: cod, quantity: '3' },
    { offerId: tea, quantity: '1' },
  ],
};
const monday = '2026-11-23T08:30:00.000Z';
const thursday = '2026-11-26T08:30:00.000Z';
type Person = (typeof people)[keyof typeof people];

const payload = `{ standingOrder { id version isPaused skipDates lines { quantity offer { id } }
  nextRun { at date isChanged note lines { quantity offer { id } } } } userErrors { code field } }`;

const act = async (field: string, variables: Record<string, unknown>, viewer: Person) => {
  const types: Record<string, string> = { input: `${field[0]?.toUpperCase()}${field.slice(1)}Input!`, id: 'ID!' };
  const names = Object.keys(variables);
  const declared = names.map((name) => `$${name}: ${types[name] ?? (name === 'date' ? 'String' : 'Boolean!')}`);
  const given = names.map((name) => `${name}: $${name}`);
  return (await market.ask(`mutation (${declared}) { ${field}(${given}) ${payload} }`, variables, viewer))[field];
};

const save = (input: object, viewer: Person = people.anna) => act('saveStandingOrder', { input }, viewer);
const changeNext = (input: object, viewer: Person = people.ben) => act('changeNextRun', { input }, viewer);
const skip = (id: string, date?: string, viewer: Person = people.ben) =>
  act('skipStandingOrder', { id, ...(date === undefined ? {} : { date }) }, viewer);
const pause = (id: string, isPaused: boolean, viewer: Person = people.ben) =>
  act('pauseStandingOrder', { id, isPaused }, viewer);

const read = async (viewer: Person = people.ben) =>
  (
    await market.ask(
      `{ standingOrders { name nextRun { at } runs { dueAt failure findings { code lineId }
         order { status placedBy { id } note total { amount } supplierOrders { supplierName status deliverOn
           lines { name quantity } } } } } }`,
      {},
      viewer,
    )
  ).standingOrders;

const orders = () => market.subgraph.ownerQuery<{ status: string }>('SELECT status FROM orders.orders');

/** What was told of standing orders that failed. */
const failures = () => market.told('hear-failures');

/** What the job of each minute does with one that is due. */
function run(id: string): Promise<void> {
  const { dataSource, jobs } = market.subgraph;
  const accounts = { execute: async () => ({ data: { _entities: [{ name: 'Bistro' }] } }) };
  const ways: Record<string, unknown> = {
    suppliers: market.suppliers.transport,
    inventory: market.inventory.transport,
    accounts,
  };
  const subgraphs = new SubgraphClient((name) => ways[name] as typeof market.suppliers.transport, 'orders');
  const common = { settings: readOrdersSettings(), requestId: 'test', logger: createLogger('test', 'silent') };
  return placeStandingOrder({ ...common, manager: dataSource.manager, jobs, clock: () => market.now, subgraphs }, id);
}

/** Makes one and lets its time come. */
async function due(input: object = good, viewer: Person = people.anna): Promise<string> {
  const { standingOrder } = await save(input, viewer);
  market.now = Date.parse(standingOrder.nextRun.at);
  return standingOrder.id;
}

describe('a standing order', () => {
  it('is placed at its time, once, by however many processes', async () => {
    const { standingOrder, userErrors } = await save({ ...good, skipDates: ['2026-11-26'], note: 'Back door' });
    const { id } = standingOrder;
    expect({ userErrors, nextRun: standingOrder.nextRun }).toMatchObject({
      userErrors: [],
      nextRun: { at: monday, date: '2026-11-23', isChanged: false, note: 'Back door' },
    });

    await run(id);
    expect((await read())[0].runs).toEqual([]);
    market.now = Date.parse(monday);
    await Promise.all(Array.from({ length: 6 }, () => run(id)));

    expect(await orders()).toEqual([{ status: 'PLACED' }]);
    expect(market.inventory.held()).toHaveLength(1);
    expect(await read()).toMatchObject([
      {
        nextRun: { at: '2026-11-30T08:30:00.000Z' },
        runs: [
          {
            ...{ dueAt: monday, failure: null, findings: [] },
            order: { status: 'PLACED', placedBy: null, note: 'Back door', total: { amount: '44.48' } },
          },
        ],
      },
    ]);
    expect(await read(people.tom)).toEqual([]);
  });

  it('shows ahead when each supplier would come, until when that can be ordered, and what is in the way', async () => {
    await save({ ...good, lines: [...good.lines, { offerId: milk, quantity: '3' }] });
    const plan = `{ standingOrders { nextRun { suppliers { supplierId supplierName deliverOn deliverFrom cutOffAt total { amount } }
      findings { code lineId } } } }`;

    const [{ nextRun }] = (await market.ask(plan)).standingOrders;

    expect(nextRun).toEqual({
      suppliers: [
        {
          ...{ supplierId: fisheryId, supplierName: 'Fishery', total: { amount: '35.28' } },
          ...{ deliverOn: '2026-11-24', deliverFrom: '08:00', cutOffAt: '2026-11-23T18:00:00.000Z' },
        },
        {
          ...{ supplierId: houseId, supplierName: 'The Shop', total: { amount: '9.20' } },
          ...{ deliverOn: null, deliverFrom: null, cutOffAt: null },
        },
      ],
      findings: expect.arrayContaining([
        { code: 'BELOW_MINIMUM_QUANTITY', lineId: milk },
        { code: 'NOT_A_MULTIPLE', lineId: milk },
      ]),
    });
    market.suppliers.isAway = true;
    const { data, errors } = await market.subgraph.execute(plan, {}, people.anna);
    expect(data.standingOrders[0].nextRun).toEqual({ suppliers: null, findings: null });
    expect(errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE');
  });

  it('is changed as a whole, by its buyer alone, and by one at a time', async () => {
    const { standingOrder } = await save(good);
    const { id } = standingOrder;

    const lines = [{ offerId: cod, quantity: '4' }];
    const changed = await save({ ...good, id, expectedVersion: 1, lines }, people.ben);
    const late = await save({ ...good, id, expectedVersion: 1 });
    const strange = await Promise.all([
      save({ ...good, id }, people.tom),
      changeNext({ standingOrderId: id, at: monday, lines }, people.tom),
      skip(id, undefined, people.tom),
      pause(id, true, people.tom),
    ]);
    const remove = (viewer: Person) =>
      market.ask('mutation ($id: ID!) { deleteStandingOrder(id: $id) }', { id }, viewer);
    await remove(people.tom);

    expect(changed.standingOrder).toMatchObject({ version: 2, lines: [{ offer: { id: cod }, quantity: '4' }] });
    expect(late.userErrors).toEqual([{ code: 'CHANGED_MEANWHILE', field: ['input', 'expectedVersion'] }]);
    expect(strange.map(({ userErrors }) => userErrors[0].code)).toEqual(Array(4).fill('NOT_FOUND'));
    expect(await read()).toMatchObject([{ nextRun: { at: monday } }]);
    await remove(people.ben);
    expect(await read()).toEqual([]);
  });

  it('is changed by two members at once, each told of the other', async () => {
    const { standingOrder } = await save(good);
    const { id } = standingOrder;

    const outcomes = await Promise.all(
      [people.anna, people.ben, people.anna, people.ben].map((viewer, turn) =>
        save({ ...good, id, expectedVersion: 1, name: `Fish ${turn}` }, viewer),
      ),
    );

    expect(outcomes.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(outcomes.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code))).toEqual(
      Array(3).fill('CHANGED_MEANWHILE'),
    );
  });

  it('rests while it is paused, and when its restaurant is no more', async () => {
    const { standingOrder } = await save(good);
    const { id } = standingOrder;

    expect((await pause(id, true)).standingOrder).toMatchObject({ isPaused: true, nextRun: null });
    market.now = Date.parse(monday);
    await run(id);
    expect(await orders()).toEqual([]);
    expect((await pause(id, false)).standingOrder.nextRun.at).toBe(thursday);

    const repository = new StandingOrderRepository(market.subgraph.dataSource.manager);
    await repository.pauseAllOf({ kind: 'ORGANIZATION', id: bistroId });
    expect((await read())[0].nextRun).toBeNull();
  });

  it.each([
    [{ cron: '*/5 * * * *' }, 'TOO_OFTEN', ['input', 'cron']],
    [{ cron: '0 0 30 2 *' }, 'BAD_CRON', ['input', 'cron']],
    [{ timeZone: 'Nowhere' }, 'BAD_TIME_ZONE', ['input', 'timeZone']],
    [{ skipDates: ['24.12.'] }, 'BAD_DATE', ['input', 'skipDates']],
    [{ name: ' ' }, 'BAD_NAME', ['input', 'name']],
    [{ lines: [] }, 'TOO_MANY', ['input', 'lines']],
    [{ lines: [good.lines[0], good.lines[0]] }, 'TOO_MANY', ['input', 'lines']],
    [{ lines: [{ offerId: cod, quantity: '0' }] }, 'BAD_QUANTITY', ['input', 'lines', '0', 'quantity']],
    [{ note: 'x'.repeat(1_001) }, 'BAD_TEXT', ['input', 'note']],
    [{ lines: [{ offerId: 'nonsense', quantity: '1' }] }, 'UNKNOWN_OFFER', ['input', 'lines', '0', 'offerId']],
  ])('with %j is refused with %s', async (change, code, field) => {
    expect(await save({ ...good, ...change })).toEqual({ standingOrder: null, userErrors: [{ code, field }] });
    expect(await read()).toEqual([]);
  });

  it('is read with all its times in five statements, however many there are', async () => {
    for (const name of ['One', 'Two', 'Three']) await run(await due({ ...good, name }));
    market.subgraph.statements();

    await read();

    // The list, the runs, their orders, the orders' parts and lines.
    expect(market.subgraph.statements()).toHaveLength(5);
  });
});

describe('the next time', () => {
  const five = [{ offerId: cod, quantity: '5' }];

  it('is ordered otherwise, that time alone', async () => {
    const { standingOrder } = await save(good);
    const { id } = standingOrder;

    const changed = await changeNext({ standingOrderId: id, at: monday, lines: five, note: 'Party' });
    market.now = Date.parse(monday);
    await run(id);
    market.suppliers.change(fisheryId, { days: [], hasDeliveryDays: false });
    market.now = Date.parse(thursday);
    await run(id);

    expect(changed.standingOrder).toMatchObject({
      lines: [{ quantity: '3' }, { quantity: '1' }],
      nextRun: { at: monday, isChanged: true, note: 'Party', lines: [{ quantity: '5', offer: { id: cod } }] },
    });
    const [{ runs }] = await read();
    const lines = (turn: number) =>
      runs[turn].order.supplierOrders.flatMap((part: { lines: { name: string; quantity: string }[] }) => part.lines);
    expect(lines(1)).toEqual([{ name: 'Cod', quantity: '5' }]);
    expect(lines(0)).toEqual([
      { name: 'Cod', quantity: '3' },
      { name: 'Tea', quantity: '1' },
    ]);
  });

  it('is as always again when somebody says so, or when it is another time', async () => {
    const { standingOrder } = await save(good);
    const { id } = standingOrder;
    await changeNext({ standingOrderId: id, at: monday, lines: five });

    const renamed = await save({ ...good, id, name: 'More fish' });
    const reset = await changeNext({ standingOrderId: id, at: monday, lines: null });
    await changeNext({ standingOrderId: id, at: monday, lines: five });
    const moved = await save({ ...good, id, cron: '0 12 * * *' });

    expect(renamed.standingOrder.nextRun).toMatchObject({ isChanged: true, lines: [{ quantity: '5' }] });
    expect(reset.standingOrder.nextRun).toMatchObject({ isChanged: false, lines: [{}, {}] });
    expect(moved.standingOrder.nextRun).toMatchObject({ at: '2026-11-23T11:00:00.000Z', isChanged: false });
  });

  it('cannot be changed or skipped from the moment at which it is placed', async () => {
    const id = await due();

    const late = [await changeNext({ standingOrderId: id, at: monday, lines: five }), await skip(id)];
    await run(id);
    const later = [
      await changeNext({ standingOrderId: id, at: monday, lines: five }),
      await skip(id, '2026-11-22'),
      await changeNext({ standingOrderId: id, at: '2026-11-27T08:30:00.000Z', lines: five }),
    ];

    const codes = (outcomes: { userErrors: { code: string }[] }[]) => outcomes.map((one) => one.userErrors[0]?.code);
    expect(codes(late)).toEqual(['TOO_LATE', 'TOO_LATE']);
    expect(codes(later)).toEqual(['TOO_LATE', 'TOO_LATE', 'NOT_NEXT']);
    expect((await read())[0].runs[0].order.supplierOrders[0].lines).toEqual([{ name: 'Cod', quantity: '3' }]);
  });

  it('is placed as somebody changed it, or before, never as both', async () => {
    const { standingOrder } = await save(good);
    const { id } = standingOrder;
    market.now = Date.parse(monday) - 1;
    const before = run(id);
    const changes = [1, 2, 3].map(() => changeNext({ standingOrderId: id, at: monday, lines: five }));
    market.now += 1;

    await Promise.all([before, ...changes, run(id), run(id)]);
    await run(id);

    expect(await orders()).toHaveLength(1);
    expect((await read())[0].runs).toHaveLength(1);
  });

  it('is skipped, or any other day', async () => {
    const { standingOrder } = await save({ ...good, skipDates: ['2026-11-01'] });
    const { id } = standingOrder;

    const next = await skip(id);
    const other = await skip(id, '2026-12-03');
    const none = await skip(id, 'tomorrow');

    expect(next.standingOrder).toMatchObject({ skipDates: ['2026-11-23'], nextRun: { at: thursday } });
    expect(other.standingOrder).toMatchObject({ skipDates: ['2026-11-23', '2026-12-03'], nextRun: { at: thursday } });
    expect(none.userErrors).toEqual([{ code: 'BAD_DATE', field: ['date'] }]);
    market.now = Date.parse(monday);
    await run(id);
    expect(await orders()).toEqual([]);
  });

  it('stays due when it is saved before it was placed', async () => {
    const id = await due();

    const saved = await save({ ...good, id, cron: '0 12 * * *', lines: five });
    await run(id);

    expect(saved.standingOrder.nextRun.at).toBe(monday);
    expect((await read())[0]).toMatchObject({ nextRun: { at: '2026-11-23T11:00:00.000Z' }, runs: [{ dueAt: monday }] });
  });
});

describe('what cannot be ordered of it', () => {
  beforeAll(async () => {
    await market.hear('StandingOrderFailed', 'hear-failures');
  });

  it('is left out, with suppliers whose minimum is not met without it, and its people are told', async () => {
    const lines = [...good.lines, { offerId: rice, quantity: '2' }, { offerId: milk, quantity: '6' }];
    const id = await due({ ...good, lines });
    market.suppliers.change(cod, { price: { amount: '1', currency: 'EUR' } });
    market.suppliers.offers.delete(rice);

    await run(id);

    const [{ runs }] = await read();
    expect(runs[0]).toMatchObject({
      failure: null,
      findings: expect.arrayContaining([
        { code: 'UNKNOWN_OFFER', lineId: rice },
        { code: 'BELOW_MINIMUM', lineId: null },
      ]),
      order: {
        status: 'PLACED',
        supplierOrders: [
          { supplierName: 'The Shop', lines: [{ name: 'Tea', quantity: '1' }] },
          { supplierName: 'Dairy', lines: [{ name: 'Milk', quantity: '6' }] },
        ],
      },
    });
    expect(await failures()).toEqual([
      expect.objectContaining({
        ...{ standingOrderId: id, name: 'Fish', buyer: { kind: 'ORGANIZATION', id: bistroId }, dueAt: monday },
        reason: 'INCOMPLETE',
        number: expect.stringMatching(/^\d{4}-\d{6}$/),
        missing: [
          { offerId: rice, name: 'Rice', code: 'UNKNOWN_OFFER' },
          { offerId: cod, name: 'Cod', code: 'BELOW_MINIMUM' },
        ],
      }),
    ]);
  });

  it('at all, is told and tried again at its next time', async () => {
    const id = await due({ ...good, lines: [{ offerId: cod, quantity: '3' }] });
    market.suppliers.offers.delete(cod);

    await run(id);

    expect(await orders()).toEqual([]);
    expect(await read()).toMatchObject([
      { nextRun: { at: thursday }, runs: [{ failure: 'NOTHING_ORDERABLE', findings: [{ code: 'UNKNOWN_OFFER' }] }] },
    ]);
    expect(await failures()).toMatchObject([{ reason: 'NOTHING_ORDERABLE', orderId: null, number: null }]);
  });

  it('since the house’s stock is gone meanwhile, is told line by line', async () => {
    const id = await due();
    market.inventory.stock.set('TEA', 0);

    await run(id);

    expect((await read())[0].runs[0].order).toMatchObject({ status: 'PLACED', total: { amount: '35.28' } });
    expect(await failures()).toMatchObject([
      { reason: 'INCOMPLETE', missing: [{ offerId: tea, name: 'Tea', code: 'INSUFFICIENT' }] },
    ]);
  });

  it('since nothing was in stock, is told as that', async () => {
    const id = await due({ ...good, lines: [{ offerId: tea, quantity: '1' }] });
    market.inventory.stock.set('TEA', 0);

    await run(id);

    expect((await read())[0].runs[0].order.status).toBe('REFUSED');
    expect(await failures()).toMatchObject([{ reason: 'NOT_RESERVED', missing: [{ offerId: tea }] }]);
  });

  it('while suppliers are away, stays due for hours, and is then told as missed', async () => {
    const id = await due();
    market.suppliers.isAway = true;

    await expect(run(id)).rejects.toThrow('Suppliers do not answer');
    expect(await read()).toMatchObject([{ nextRun: { at: monday }, runs: [] }]);
    market.now += 7 * 3_600_000;
    await run(id);

    expect(await read()).toMatchObject([{ nextRun: { at: thursday }, runs: [{ failure: 'MISSED', order: null }] }]);
    expect(await failures()).toMatchObject([{ reason: 'MISSED', missing: [] }]);
  });

  it('for the day that it was meant for, since a cut-off passed meanwhile, is not ordered for another', async () => {
    const id = await due({ ...good, cron: '30 18 * * MON' });
    market.now += 3_600_000;

    await run(id);

    expect((await read())[0].runs[0]).toMatchObject({
      findings: [{ code: 'CUT_OFF_PASSED' }],
      order: { supplierOrders: [{ supplierName: 'The Shop' }] },
    });
    expect(await failures()).toMatchObject([{ missing: [{ offerId: cod, code: 'CUT_OFF_PASSED' }] }]);
  });
});

describe('over the restaurant’s limit', () => {
  const limit = () =>
    market.ask('mutation { setSpendLimit(limit: { amount: "40", currencyCode: "EUR" }) { userErrors { code } } }');

  it.each([
    ['a member', people.ben, 'AWAITING_APPROVAL'],
    ['an admin', people.anna, 'PLACED'],
  ] as const)('that of %s is %s', async (_, viewer, status) => {
    await limit();

    await run(await due(good, viewer));

    expect((await read())[0].runs[0].order.status).toBe(status);
  });

  it('a member’s change of an admin’s waits for an admin', async () => {
    await limit();
    const { standingOrder } = await save(good);
    await changeNext({ standingOrderId: standingOrder.id, at: monday, lines: [{ offerId: cod, quantity: '9' }] });
    market.now = Date.parse(monday);

    await run(standingOrder.id);

    expect((await read())[0].runs[0].order.status).toBe('AWAITING_APPROVAL');
  });
});
