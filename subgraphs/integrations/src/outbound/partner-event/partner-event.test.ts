import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PartnerServer } from '../../testing/partner-server.ts';
import {
  memberOf,
  restaurant,
  restaurantId,
  supplier,
  supplierId,
  until,
  WebhookGraph,
} from '../../testing/webhook-graph.ts';

let graph: WebhookGraph;
let partner: PartnerServer;

const id = (end: string) => `00000000-0000-7000-8000-0000000000${end}`;
const dairyId = '00000000-0000-4000-8000-0000000000b3';
const shopId = '00000000-0000-4000-8000-0000000000a1';

const people = {
  restaurant,
  'other restaurant': memberOf('RESTAURANT', '00000000-0000-4000-8000-0000000000b2'),
  supplier,
  dairy: memberOf('SUPPLIER', dairyId),
  'shop organization': memberOf('SHOP', shopId),
  staff: viewers.staff,
};
type Name = keyof typeof people;
const names = Object.keys(people) as Name[];

beforeAll(async () => {
  partner = await PartnerServer.open();
  graph = await WebhookGraph.open();
  for (const name of names) await graph.endpoint(partner.url(`/${name.replace(' ', '-')}`), people[name]);
});
afterAll(async () => {
  await graph.subgraph.close();
  partner.close();
});

/** What each got of an event. The last event of all tells that nothing comes any more. */
async function told(type: string, data: object): Promise<Partial<Record<Name, { type: string; data: object }>>> {
  partner.received.length = 0;
  await graph.publish(type, data);
  await graph.happen();
  const shopPartners = ['/shop-organization', '/staff'];
  const isLast = ({ body }: { body: string }) => JSON.parse(body).type === 'availability.changed';
  await until(() => shopPartners.every((path) => partner.at(path).some(isLast)));
  await until(async () => {
    const [{ waiting } = { waiting: 0 }] = await graph.subgraph.ownerQuery<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM integrations.webhook_deliveries WHERE status = 'PENDING'`,
    );
    return waiting === 0;
  });
  const got = names.map((name) => {
    const bodies = partner.at(`/${name.replace(' ', '-')}`).filter((one) => !isLast(one));
    expect(bodies.length).toBeLessThanOrEqual(1);
    return [name, bodies[0] && JSON.parse(bodies[0].body)] as const;
  });
  return Object.fromEntries(got.filter(([, body]) => body));
}

const buyer = { kind: 'ORGANIZATION', id: restaurantId };
const house = { id: id('01'), organizationId: null, isHouse: true };
const greengrocer = { id: id('02'), organizationId: supplierId, isHouse: false };
const dairy = { id: id('03'), organizationId: dairyId, isHouse: false };
const at = '2026-11-21T10:00:00.000Z';
const line = {
  lineId: id('31'),
  offerId: 'o',
  productSku: null,
  supplierSku: 'MILK-12',
  name: 'Milk',
  quantity: '20.000',
  unit: 'box',
  packSize: '1.250',
  price: '55.00',
  total: '1111.10',
  note: 'cold',
};
const part = (end: string, party: typeof house | typeof dairy, total: string) => ({
  id: id(end),
  number: `S-${end}`,
  supplier: party,
  total,
  deliverOn: '2026-11-23',
  lines: [line],
});
const order = {
  orderId: id('11'),
  number: '1001',
  placedAt: at,
  placedBy: id('99'),
  buyer,
  currency: 'SEK',
  total: '600.00',
  supplierOrders: [part('21', house, '100.00'), part('22', greengrocer, '200.00'), part('23', dairy, '300.00')],
};
const step = { supplierOrderId: id('22'), number: 'S-22', orderId: id('11'), buyer, supplier: greengrocer };

describe('an order that was placed', () => {
  it('is told whole to its buyer, and to each supplier their own part alone', async () => {
    const got = await told('OrderPlaced', order);

    expect(Object.keys(got)).toEqual(['restaurant', 'supplier', 'dairy', 'shop organization', 'staff']);
    expect(got.restaurant).toMatchObject({ type: 'order.placed', data: { total: '600.00', buyer } });
    const parts = (name: Name) =>
      (got[name] as { data: typeof order }).data.supplierOrders.map(({ number, supplier: party }) => [number, party]);
    expect(parts('restaurant')).toHaveLength(3);
    expect(parts('supplier')).toEqual([['S-22', { id: id('02'), isHouse: false }]]);
    expect(parts('dairy')).toEqual([['S-23', { id: id('03'), isHouse: false }]]);
    expect(parts('shop organization')).toEqual([['S-21', { id: id('01'), isHouse: true }]]);
    expect(parts('staff')).toEqual(parts('shop organization'));
    expect(got.dairy).toMatchObject({
      data: { supplierOrders: [{ lines: [{ ...line, quantity: '20', packSize: '1.25' }] }] },
    });
    for (const name of ['supplier', 'dairy', 'staff'] as const) {
      const text = JSON.stringify(got[name]);
      expect(text).not.toMatch(/600\.00/);
      expect(['100.00', '200.00', '300.00'].filter((total) => text.includes(total))).toHaveLength(1);
    }
    // Who of the buyer's people placed it is the buyer's own affair, and what we are to each other is ours.
    expect(JSON.stringify(got)).not.toMatch(/placedBy|organizationId/);
  });

  it('is told to the suppliers alone where a person bought for themselves', async () => {
    const got = await told('OrderPlaced', { ...order, orderId: id('12'), buyer: { kind: 'USER', id: restaurantId } });

    expect(Object.keys(got)).toEqual(['supplier', 'dairy', 'shop organization', 'staff']);
  });

  it('is told once to an organization that is the house', async () => {
    const shop = { ...house, organizationId: shopId };

    const got = await told('OrderPlaced', { ...order, supplierOrders: [part('21', shop, '100.00')] });

    expect(Object.keys(got)).toEqual(['restaurant', 'shop organization', 'staff']);
  });
});

describe('what happens to an order', () => {
  it.each([
    [
      'SupplierOrderChanged',
      {
        ...step,
        from: 'PLACED',
        to: 'CONFIRMED',
        at,
        actor: 'user:77',
        reason: null,
        confirmed: [{ lineId: id('31'), quantity: '2' }],
      },
      'order.changed',
      ['restaurant', 'supplier'],
    ],
    [
      'DeliveryMarked',
      {
        ...step,
        deliveryId: id('41'),
        revision: 1,
        timeZone: 'Europe/Stockholm',
        deliveredAt: at,
        promisedOn: '2026-11-21',
        promisedFrom: '08:00',
        promisedTo: '10:00',
        placedAt: at,
        confirmedAt: at,
        currency: 'SEK',
        complete: true,
        lines: [
          {
            lineId: id('31'),
            offerId: 'o',
            productSku: null,
            unit: 'box',
            ordered: '2',
            confirmed: '2',
            received: '1',
            short: '1',
            damaged: '0',
            orderedPrice: '100.00',
          },
        ],
      },
      'delivery.marked',
      ['restaurant', 'supplier'],
    ],
    [
      'InvoiceMatched',
      {
        invoiceId: id('51'),
        number: 'F-1',
        supplierOrderIds: [id('21')],
        buyer,
        supplier: house,
        currency: 'SEK',
        total: '99.00',
        status: 'MATCHED',
        priceVariance: '-1.00',
        accurate: true,
        matchedAt: at,
      },
      'invoice.matched',
      ['restaurant', 'shop organization', 'staff'],
    ],
    [
      'PaymentChanged',
      {
        orderId: id('11'),
        number: '1001',
        buyer,
        paymentId: 'p1',
        from: null,
        to: 'PAID',
        at,
        currency: 'SEK',
        amount: '600.00',
      },
      'payment.changed',
      ['restaurant', 'shop organization', 'staff'],
    ],
  ])('is told to its parties alone: %s', async (type, data, sent, whom) => {
    const got = await told(type, data);

    expect(Object.keys(got)).toEqual(whom);
    const { actor: _actor, ...shown } = data as Record<string, unknown>;
    const party = data as { supplier?: { id: string; isHouse: boolean } };
    const supplierShown = party.supplier
      ? { supplier: { id: party.supplier.id, isHouse: party.supplier.isHouse } }
      : {};
    expect(got.restaurant).toEqual({
      id: expect.any(String),
      type: sent,
      version: 1,
      timestamp: expect.any(String),
      data: { ...shown, ...supplierShown },
    });
  });

  it('is told to those alone who asked for it', async () => {
    const dinerId = '00000000-0000-4000-8000-0000000000c2';
    const diner = memberOf('RESTAURANT', dinerId);
    const { id: endpointId } = await graph.endpoint(partner.url('/diner'), diner, { eventTypes: ['PAYMENT_CHANGED'] });

    await told('OrderPlaced', { ...order, buyer: { kind: 'ORGANIZATION', id: dinerId } });

    expect(await graph.do('deliveries', { endpointId }, diner)).toMatchObject({ totalCount: 0 });
  });
});
