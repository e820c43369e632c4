import { randomUUID } from 'node:crypto';
import type { Event } from '@gastronom/shared/jobs/event';
import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { Marketplace, organizationIds, people } from '../testing/marketplace.ts';
import { scoreAnswer } from './score-answer.job.ts';
import { scoreDelivery } from './score-delivery.job.ts';
import { scoreInvoice } from './score-invoice.job.ts';
import { scoreOrder } from './score-order.job.ts';

let market: Marketplace;
let fishery: string;

beforeAll(async () => {
  market = await Marketplace.open({ works: true });
});
afterEach(() => market.empty());
afterAll(() => market.close());

const makers = {
  OrderPlaced: scoreOrder,
  SupplierOrderChanged: scoreAnswer,
  DeliveryMarked: scoreDelivery,
  InvoiceMatched: scoreInvoice,
};
type Type = keyof typeof makers;
type Told = Event<object> & { readonly type: Type };

const event = (type: Type, data: object): Told => ({
  id: randomUUID(),
  type,
  version: 1,
  occurredAt: '2026-11-20T00:00:00.000Z',
  data,
});

/** Does the jobs that an event comes to, as a worker does. */
async function tell(...events: Told[]): Promise<void> {
  for (const one of events) {
    const job: JobImplementation = makers[one.type]({ dataSource: market.subgraph.dataSource } as SubgraphEnvironment);
    await job.run([
      { id: one.id, payload: one, attempt: 1, isLastAttempt: false, signal: new AbortController().signal },
    ]);
  }
}

const bistro = { kind: 'ORGANIZATION', id: organizationIds.bistro };
const common = () => ({
  buyer: bistro,
  supplier: { id: fishery, organizationId: organizationIds.fishery, isHouse: false },
});

interface Story {
  readonly day: string;
  readonly lines: readonly (readonly [ordered: string, received: string, damaged: string])[];
  readonly deliveredAt?: string;
  readonly promisedOn?: string | null;
}

/** An order from its placing to its delivery, as its events tell of it. */
function order({ day, lines, deliveredAt = `${day}T07:00:00.000Z`, promisedOn = day }: Story): Told[] {
  const supplierOrderId = randomUUID();
  const ids = lines.map(() => randomUUID());
  const placedAt = new Date(Date.parse(`${day}T10:00:00Z`) - 86_400_000).toISOString();
  const confirmedAt = new Date(Date.parse(placedAt) + 2 * 3_600_000).toISOString();
  return [
    event('OrderPlaced', {
      placedAt,
      buyer: bistro,
      supplierOrders: [{ id: supplierOrderId, supplier: common().supplier, lines: ids.map((lineId) => ({ lineId })) }],
    }),
    event('SupplierOrderChanged', { supplierOrderId, ...common(), from: 'PLACED', to: 'CONFIRMED', at: confirmedAt }),
    event('DeliveryMarked', {
      ...{ deliveryId: randomUUID(), revision: 1, supplierOrderId, ...common(), deliveredAt, promisedOn },
      ...{
        promisedFrom: '06:00',
        promisedTo: promisedOn && '09:00',
        timeZone: 'Europe/Stockholm',
        placedAt,
        confirmedAt,
      },
      complete: true,
      lines: lines.map(([ordered, received, damaged], place) => ({ lineId: ids[place], ordered, received, damaged })),
    }),
  ];
}
const rejection = (at: string): Told[] => {
  const id = randomUUID();
  const placedAt = new Date(Date.parse(at) - 4 * 3_600_000).toISOString();
  const lines = [{ lineId: randomUUID() }, { lineId: randomUUID() }];
  const supplierOrders = [{ id, supplier: common().supplier, lines }];
  return [
    event('OrderPlaced', { placedAt, buyer: bistro, supplierOrders }),
    event('SupplierOrderChanged', { supplierOrderId: id, ...common(), from: 'PLACED', to: 'REJECTED', at }),
  ];
};
const invoice = (matchedAt: string, total: string, priceVariance: string): Told =>
  event('InvoiceMatched', {
    invoiceId: randomUUID(),
    ...common(),
    total,
    priceVariance,
    accurate: priceVariance === '0',
    matchedAt,
  });

const shares = 'orders onTime inFull otif fillRate rejectedQuantity priceVariance invoiceAccuracy responseHours';
const counts =
  'promised onTimeOrders inFullOrders rejectedOrders lines answers invoices accurateInvoices priceVarianceAmount { amount }';
const scores = async (person: keyof typeof people = 'fisher', args = 'period: MONTH, count: 2') => {
  const query = `query ($id: ID!) { supplier(id: $id) { scorecards(${args}) { startsOn endsOn ${shares} details { ${counts} } } } }`;
  return (await market.ask(query, { id: fishery }, people[person])).supplier.scorecards;
};

const perfect = {
  day: '2026-11-10',
  lines: [
    ['5', '5', '0'],
    ['2', '2', '0'],
  ],
} as const;

describe('a scorecard', () => {
  it('says what share came on time, in full, undamaged and rightly invoiced', async () => {
    fishery = await market.supplier('fishery');
    await tell(
      ...order(perfect),
      // A second after the window’s end, which is 09:00 in Stockholm.
      ...order({ day: '2026-11-11', lines: [['4', '4', '0']], deliveredAt: '2026-11-11T08:00:01.000Z' }),
      // On time at the last moment; half of one line damaged, a quarter of the other missing.
      ...order({
        day: '2026-11-12',
        lines: [
          ['2', '2', '1'],
          ['4', '3', '0'],
        ],
        deliveredAt: '2026-11-12T08:00:00.000Z',
      }),
      // Promised for no day: it is neither late nor on time.
      ...order({ day: '2026-11-13', lines: [['1', '1', '0']], promisedOn: null }),
      ...rejection('2026-11-14T12:00:00.000Z'),
      invoice('2026-11-15T00:00:00.000Z', '1020', '20'),
      invoice('2026-11-15T00:00:00.000Z', '1000', '0'),
    );

    const [november, october] = await scores();

    expect(november).toEqual({
      startsOn: '2026-11-01',
      endsOn: '2026-11-30',
      orders: 5,
      // Two of four: the late and the rejected one are not.
      onTime: 0.5,
      inFull: 0.6,
      otif: 0.25,
      // (1 + 1 + 1 + ½ + ¾ + 1 + 0 + 0) ÷ 8
      fillRate: 0.65625,
      // Half of one of six lines that came.
      rejectedQuantity: expect.closeTo(0.5 / 6, 9),
      priceVariance: 0.01,
      invoiceAccuracy: 0.5,
      responseHours: 2,
      details: {
        promised: 4,
        onTimeOrders: 2,
        inFullOrders: 3,
        rejectedOrders: 1,
        lines: 8,
        answers: 5,
        invoices: 2,
        accurateInvoices: 1,
        priceVarianceAmount: { amount: '20.00' },
      },
    });
    expect(october).toMatchObject({
      startsOn: '2026-10-01',
      orders: 0,
      onTime: null,
      fillRate: null,
      responseHours: null,
    });
  });

  it('counts what the supplier called off as rejected, and what its buyer did not at all', async () => {
    fishery = await market.supplier('fishery');
    const calledOff = (party: string) => {
      const [placed, confirmed] = order(perfect) as [Told, Told];
      const ended = { ...confirmed.data, from: 'CONFIRMED', to: 'CANCELLED', at: '2026-11-10T08:00:00.000Z', party };
      return [placed, confirmed, event('SupplierOrderChanged', ended)];
    };

    await tell(...calledOff('SUPPLIER'), ...calledOff('BUYER'), ...calledOff('STAFF'), ...order(perfect));

    const [november] = await scores();
    expect(november).toMatchObject({ orders: 2, onTime: 0.5, inFull: 0.5, fillRate: 0.5, responseHours: 2 });
    expect(november.details).toMatchObject({ rejectedOrders: 1, answers: 4 });
  });

  it('does not take a substitute for what was ordered', async () => {
    fishery = await market.supplier('fishery');
    await tell(
      ...order({
        day: '2026-11-10',
        lines: [
          ['4', '3', '0'],
          ['0', '2', '1'],
        ],
      }),
    );

    expect((await scores())[0]).toMatchObject({ inFull: 0, fillRate: 0.75, rejectedQuantity: 0.25, orders: 1 });
  });

  it('adds up the deliveries of an order, and counts it when nothing more is expected', async () => {
    fishery = await market.supplier('fishery');
    const [placed, confirmed, delivered] = order({ day: '2026-11-10', lines: [['10', '6', '0']] }) as [
      Told,
      Told,
      Told,
    ];
    await tell(placed, confirmed, { ...delivered, data: { ...delivered.data, complete: false } });
    expect((await scores())[0].orders).toBe(0);

    const [line] = (delivered.data as { lines: object[] }).lines;
    const rest = {
      deliveryId: randomUUID(),
      deliveredAt: '2026-11-12T07:00:00.000Z',
      lines: [{ ...line, received: '4' }],
    };
    await tell(event('DeliveryMarked', { ...delivered.data, ...rest }));

    expect((await scores())[0]).toMatchObject({ orders: 1, onTime: 0, inFull: 1, otif: 0, fillRate: 1 });
  });

  it('takes a correction in place of what was told before, whichever comes first', async () => {
    fishery = await market.supplier('fishery');
    const [placed, confirmed, delivered] = order({ day: '2026-11-10', lines: [['10', '6', '0']] }) as [
      Told,
      Told,
      Told,
    ];
    const [line] = (delivered.data as { lines: object[] }).lines;
    const corrected = event('DeliveryMarked', { ...delivered.data, revision: 2, lines: [{ ...line, received: '10' }] });

    await tell(corrected, placed, confirmed, delivered);

    expect((await scores())[0]).toMatchObject({ orders: 1, inFull: 1, fillRate: 1 });
  });

  it.each([
    ['DAY', '2026-11-23', '2026-11-23', '2026-11-22'],
    ['WEEK', '2026-11-23', '2026-11-29', '2026-11-16'],
    ['MONTH', '2026-11-01', '2026-11-30', '2026-10-01'],
    ['QUARTER', '2026-10-01', '2026-12-31', '2026-07-01'],
  ])('has periods of a %s, in the supplier’s own time', async (period, startsOn, endsOn, before) => {
    fishery = await market.supplier('fishery', { time_zone: 'Asia/Almaty' });
    // In Almaty it is midnight: the period has just begun.
    const begin = new Date(`${startsOn}T00:00:00+05:00`);
    const invoiceAt = (moment: number) => invoice(new Date(moment).toISOString(), '100', '0');
    await tell(invoiceAt(begin.getTime()), invoiceAt(begin.getTime() - 1));

    const rows = await scores('fisher', `period: ${period}, count: 2`);

    expect(rows).toMatchObject([
      { startsOn, endsOn, details: { invoices: 1 } },
      { startsOn: before, details: { invoices: 1 } },
    ]);
  });

  it('is seen by who has ordered of the supplier, in its details by itself and admins alone', async () => {
    fishery = await market.supplier('fishery');
    await tell(...order(perfect));
    const sees = async (person: keyof typeof people) => {
      const rows = await scores(person);
      return rows && (rows[0].details ? 'details' : 'shares');
    };

    expect([await sees('fisher'), await sees('fishHand'), await sees('admin')]).toEqual(Array(3).fill('details'));
    expect([await sees('bistro'), await sees('staff')]).toEqual(['shares', 'shares']);
    for (const person of ['tavern', 'milkmaid', 'customer', 'anonymous', 'service', 'offersKey'] as const)
      expect(await sees(person)).toBeNull();
  });

  it('refuses more periods than it has', async () => {
    fishery = await market.supplier('fishery');

    for (const count of [0, 61]) {
      const { errors } = await market.execute(
        `{ supplier(id: "${fishery}") { scorecards(count: ${count}) { orders } } }`,
      );
      expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
  });
});

describe('scores', () => {
  it('come out the same however often and in whatever order events are told, and computed anew', async () => {
    fishery = await market.supplier('fishery');
    const events = [
      ...order(perfect),
      ...order({ day: '2026-11-12', lines: [['2', '1', '1']] }),
      ...rejection('2026-11-14T12:00:00.000Z'),
      invoice('2026-11-15T00:00:00.000Z', '102', '2'),
    ];
    await tell(...events);
    const expected = await scores();
    const repeated = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });

    await fc.assert(
      fc.asyncProperty(repeated, async (told) => {
        await market.subgraph.ownerQuery(
          'TRUNCATE suppliers.scorecard_facts, suppliers.scored_orders, suppliers.scored_deliveries, suppliers.scored_invoices',
        );
        await tell(...told);
        expect(await scores()).toEqual(expected);
      }),
      { numRuns: 5 },
    );
    await market.subgraph.ownerQuery('DELETE FROM suppliers.scored_deliveries');
    expect(await scores()).not.toEqual(expected);

    const { recomputeScorecards } = await market.ask('mutation { recomputeScorecards { facts } }', {}, people.admin);

    expect(recomputeScorecards).toEqual({ facts: events.length });
    expect(await scores()).toEqual(expected);
  });

  it('are computed anew by admins alone', async () => {
    for (const person of ['anonymous', 'bistro', 'fisher', 'staff', 'service'] as const) {
      const { errors } = await market.execute('mutation { recomputeScorecards { facts } }', {}, people[person]);
      expect(errors?.[0]?.extensions?.code).toBe(person === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
    }
  });

  it('hear of what is published', async () => {
    fishery = await market.supplier('fishery');
    const [placed] = order(perfect) as [Told];
    const { dataSource, jobs, ownerQuery } = market.subgraph;

    const definition = { type: 'OrderPlaced', version: 1, data: z.object({}).loose() };
    await dataSource.transaction((manager) => jobs.publish(manager, definition, { ...placed.data }));

    const heard = () => ownerQuery('SELECT FROM suppliers.scored_orders WHERE supplier_id = $1', [fishery]);
    while ((await heard()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await scores('bistro'))?.length).toBe(2);
  });
});
