import { randomUUID } from 'node:crypto';
import { eventPayload } from '@gastronom/shared/jobs/event';
import type { RecipientUser } from '@gastronom/shared/notification';
import type { UserViewer } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { NotificationGraph } from '../testing/notification-graph.ts';
import { deliveryMarked, orderPlaced, supplierOf, supplierOrderChanged } from '../testing/order-events.ts';

let graph: NotificationGraph;
const bistro = randomUUID();
const dairy = randomUUID();
const bakery = randomUUID();
const restaurant = { kind: 'ORGANIZATION', id: bistro } as const;

beforeAll(async () => {
  graph = await NotificationGraph.open();
});
afterAll(() => graph.close());

/** The people of one test, and nobody else. */
function town(people: Record<string, Partial<RecipientUser>>): Record<string, UserViewer> {
  graph.accounts.users.clear();
  graph.accounts.organizations.clear();
  for (const [id, name] of [
    [bistro, 'Bistro'],
    [dairy, 'Dairy'],
    [bakery, 'Bakery'],
  ] as const)
    graph.accounts.organizations.set(id, name);
  return Object.fromEntries(Object.entries(people).map(([name, person]) => [name, graph.person(person)]));
}

const of = (organizationId: string, role: 'ADMIN' | 'MEMBER' = 'MEMBER') => ({ organizationId, role });

/** What each of the people has in the inbox, as `KIND title`. */
async function inboxes(people: Record<string, UserViewer>): Promise<Record<string, string[]>> {
  await graph.settled();
  const entries = Object.entries(people).map(
    async ([name, viewer]) =>
      [name, (await graph.inbox(viewer)).map(({ kind, title }) => `${kind} ${title}`).toReversed()] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

describe('an order that was placed', () => {
  it('is told to each supplier, to staff for the house, and to who placed it, in the language of each', async () => {
    const people = town({
      olga: { language: 'RU', memberships: [of(bistro)] },
      chef: { memberships: [of(bistro, 'ADMIN')] },
      milkman: { language: 'SV', memberships: [of(dairy, 'ADMIN')] },
      both: { memberships: [of(dairy), of(bakery)] },
      stepan: { isStaff: true },
      stranger: {},
    });

    await graph.publish('OrderPlaced', orderPlaced(restaurant, people.olga?.userId ?? '', [dairy, bakery, null]));

    expect(await inboxes(people)).toEqual({
      olga: ['ORDER_PLACED Заказ G-1042 оформлен'],
      chef: [],
      milkman: ['ORDER_RECEIVED Ny beställning G-1042-1'],
      both: ['ORDER_RECEIVED New order G-1042-1', 'ORDER_RECEIVED New order G-1042-2'],
      stepan: ['ORDER_RECEIVED New order G-1042-3'],
      stranger: [],
    });
    const [first] = await graph.inbox(people.milkman as UserViewer, { language: 'EN' });
    expect(first).toMatchObject({
      body: expect.stringMatching(
        /^Bistro ordered 2 items for RUB.750\.25\. To be delivered on Tuesday, November 24\.$/,
      ),
      link: expect.stringMatching(/^https:\/\/shop\.example\/orders\/[0-9a-f-]{36}$/),
    });
  });

  it('is told once, however often the event comes, and whoever hears it at the same time', async () => {
    const { milkman } = town({ milkman: { email: 'milk@example.com', memberships: [of(dairy)] } });
    const event = {
      id: randomUUID(),
      type: 'OrderPlaced',
      version: 1,
      occurredAt: new Date().toISOString(),
      data: orderPlaced(restaurant, null, [dairy]),
    };
    const job = { name: 'notify-people', payload: eventPayload(z.unknown()) };
    const send = () => graph.subgraph.jobs.send(graph.subgraph.dataSource.manager, job, event);

    await Promise.all([send(), send(), send()]);
    await graph.settled();
    await send();

    expect(await inboxes({ milkman: milkman as UserViewer })).toEqual({
      milkman: ['ORDER_RECEIVED New order G-1042-1'],
    });
    expect(graph.mailbox.take('milk@example.com')).toHaveLength(1);
  });

  it('costs accounts one question and the database one statement, however many people there are', async () => {
    town(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`m${i}`, { memberships: [of(dairy)] }])));
    graph.accounts.take('notificationRecipients');
    graph.subgraph.statements();

    await graph.publish('OrderPlaced', orderPlaced(restaurant, null, [dairy]));
    await graph.settled();

    expect(graph.accounts.take('notificationRecipients')).toHaveLength(1);
    const inserts = graph.subgraph.statements().filter((sql) => /INSERT INTO notification/.test(sql));
    expect(inserts).toHaveLength(1);
    const [made] = await graph.subgraph.ownerQuery<{ n: number }>(
      `SELECT count(*)::int AS n FROM integrations.notifications GROUP BY event_id ORDER BY max(id) DESC LIMIT 1`,
    );
    expect(made?.n).toBe(60);
  });
});

describe('what comes of an order', () => {
  it.each([
    ['CONFIRMED', ['ORDER_CHANGED Order G-1042-1 is confirmed'], []],
    ['PARTLY_CONFIRMED', ['ORDER_CHANGED Order G-1042-1 is confirmed in part'], []],
    ['REJECTED', ['ORDER_CHANGED Order G-1042-1 was rejected'], []],
    ['SHIPPED', ['ORDER_CHANGED Order G-1042-1 is on its way'], []],
    ['CANCELLED', ['ORDER_CHANGED Order G-1042-1 was cancelled'], ['ORDER_CANCELLED Order G-1042-1 was cancelled']],
    // DeliveryMarked tells of it.
    ['DELIVERED', [], []],
  ])('%s is told to those whom it concerns', async (to, buyers, sellers) => {
    const people = town({ cook: { memberships: [of(bistro)] }, milkman: { memberships: [of(dairy)] } });

    await graph.publish('SupplierOrderChanged', supplierOrderChanged(restaurant, dairy, { to }));

    expect(await inboxes(people)).toEqual({ cook: buyers, milkman: sellers });
  });

  it('is not told to the person who did it, and says why', async () => {
    const people = town({
      cook: { memberships: [of(bistro)] },
      chef: { memberships: [of(bistro)] },
      milkman: { memberships: [of(dairy)] },
    });
    const actor = `user:${people.cook?.userId}`;

    await graph.publish(
      'SupplierOrderChanged',
      supplierOrderChanged(restaurant, dairy, { to: 'CANCELLED', actor, reason: 'Closed.' }),
    );

    expect(await inboxes(people)).toMatchObject({ cook: [], chef: [expect.anything()], milkman: [expect.anything()] });
    const [toMilkman] = await graph.inbox(people.milkman as UserViewer);
    expect(toMilkman).toMatchObject({
      urgent: true,
      body: 'Bistro does not want it delivered any more. Reason: Closed.',
    });
  });

  it('is told of deliveries, approvals, payments, invoices and webhooks to those whom they concern', async () => {
    const people = town({
      cook: { memberships: [of(bistro)] },
      chef: { memberships: [of(bistro, 'ADMIN')] },
      milkman: { memberships: [of(dairy)] },
    });
    const money = { currency: 'RUB', total: '10.00', amount: '10.00', priceVariance: '-1.50' };
    const order = { ...money, orderId: randomUUID(), number: 'G-7', buyer: restaurant };

    await graph.publish(
      'DeliveryMarked',
      deliveryMarked(restaurant, dairy, [{ short: '1.000' }, { damaged: '0.000' }]),
    );
    await graph.settled();
    await graph.publish('ApprovalRequested', { ...order, requestedBy: people.cook?.userId });
    await graph.settled();
    await graph.publish('StandingOrderFailed', {
      ...{ standingOrderId: randomUUID(), name: 'Fish', buyer: restaurant, dueAt: '2026-11-23T08:30:00.000Z' },
      ...{ orderId: null, number: null, reason: 'NOTHING_ORDERABLE' },
      missing: [{ offerId: 'o1', name: 'Cod', code: 'UNKNOWN_OFFER' }],
    });
    await graph.settled();
    await graph.publish('PaymentChanged', { ...order, paymentId: 'p1', to: 'FAILED' });
    await graph.publish('PaymentChanged', { ...order, paymentId: 'p1', to: 'PROCESSING' });
    await graph.settled();
    await graph.publish('InvoiceMatched', {
      ...order,
      invoiceId: 'i1',
      supplier: supplierOf(dairy),
      status: 'MATCHED_WITH_DIFFERENCES',
    });
    await graph.settled();
    await graph.publish('WebhookEndpointDisabled', {
      endpointId: randomUUID(),
      organizationId: bistro,
      url: 'https://partner.example/hook?token=secret',
      reason: 'FAILING',
    });

    expect(await inboxes(people)).toEqual({
      cook: [
        'DELIVERY_MARKED Delivery of order G-1042-1 has differences',
        'STANDING_ORDER_FAILED “Fish” was not ordered',
        'INVOICE_MATCHED Invoice G-7 differs from what was ordered',
      ],
      chef: [
        'DELIVERY_MARKED Delivery of order G-1042-1 has differences',
        'APPROVAL_REQUESTED Order G-7 waits for your approval',
        'STANDING_ORDER_FAILED “Fish” was not ordered',
        'PAYMENT_CHANGED The payment of order G-7 failed',
        'INVOICE_MATCHED Invoice G-7 differs from what was ordered',
        'WEBHOOK_DISABLED A webhook was switched off',
      ],
      milkman: [
        'DELIVERY_MARKED Delivery of order G-1042-1 has differences',
        'INVOICE_MATCHED Invoice G-7 differs from what was ordered',
      ],
    });
    expect(JSON.stringify(await graph.inbox(people.chef as UserViewer))).not.toContain('secret');
  });
});

describe('a payment that a bank asks about', () => {
  it('is told of to the buyer’s admins and to who has to give evidence, and not that it is as it was', async () => {
    const people = town({ chef: { memberships: [of(bistro, 'ADMIN')] }, staff: { isStaff: true } });
    const order = { orderId: randomUUID(), number: 'G-7', buyer: restaurant, currency: 'RUB', amount: '10.00' };

    for (const [from, to] of [
      ['PENDING', 'SUCCEEDED'],
      ['SUCCEEDED', 'DISPUTED'],
      ['DISPUTED', 'SUCCEEDED'],
      ['SUCCEEDED', 'DISPUTED'],
      ['DISPUTED', 'CHARGED_BACK'],
      ['CHARGED_BACK', 'REFUNDED'],
    ]) {
      await graph.publish('PaymentChanged', { ...order, paymentId: 'p1', from, to });
      await graph.settled();
    }

    const ofBank = [
      'PAYMENT_CHANGED The payment of order G-7 is disputed',
      'PAYMENT_CHANGED The payment of order G-7 is disputed',
      'PAYMENT_CHANGED The payment of order G-7 was charged back',
    ];
    expect(await inboxes(people)).toEqual({ chef: ['PAYMENT_CHANGED Order G-7 is paid', ...ofBank], staff: ofBank });
    const bodies = async (viewer?: UserViewer) =>
      (await graph.inbox(viewer as UserViewer)).map(({ body }) => body).join(' ');
    expect(await bodies(people.chef)).toMatch(/We will be in touch/);
    expect(await bodies(people.staff)).toMatch(/give evidence/);
    expect(await bodies(people.staff)).not.toMatch(/We will be in touch/);
  });
});

describe('an inbox', () => {
  it('is read page by page, counts what is unread, and is nobody else’s', async () => {
    const people = town({ milkman: { memberships: [of(dairy)] }, baker: { memberships: [of(bakery)] } });
    const { milkman, baker } = people as Record<'milkman' | 'baker', UserViewer>;
    for (let i = 0; i < 3; i += 1) await graph.publish('OrderPlaced', orderPlaced(restaurant, null, [dairy, bakery]));
    await graph.settled();

    const first = await graph.do('inbox', { first: 2 }, milkman);
    const second = await graph.do('inbox', { first: 2, after: first.pageInfo.endCursor }, milkman);
    const [newest, middle] = first.nodes;
    const theirs = await graph.inbox(baker);
    const marked = await graph.do('markRead', { ids: [newest.id, theirs[0].id, 'x', '9'.repeat(30)] }, milkman);
    const unread = await graph.do('inbox', { unread: true }, milkman);

    expect([first.totalCount, first.unreadCount, first.pageInfo.hasNextPage, second.nodes.length]).toEqual([
      3,
      3,
      true,
      1,
    ]);
    expect(marked).toEqual({ unreadCount: 2 });
    expect(unread).toMatchObject({
      totalCount: 2,
      unreadCount: 2,
      nodes: [{ id: middle.id }, { id: second.nodes[0].id }],
    });
    expect((await graph.inbox(baker)).every(({ readAt }) => readAt === null)).toBe(true);
    expect(await graph.do('markRead', {}, milkman)).toEqual({ unreadCount: 0 });
    const { errors } = await graph.subgraph.execute(
      '{ myNotifications(unread: true, after: "bm8") { nodes { id } } }',
      {},
      milkman,
    );
    expect(errors?.[0]?.extensions?.code).toBe('BAD_CURSOR');
  });
});
