import { randomUUID } from 'node:crypto';
import type { JobImplementation } from '@gastronom/shared/jobs/job';
import { defineJob } from '@gastronom/shared/jobs/job';
import type { SubgraphDefinition, SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { createTestSubgraph, type TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import { anonymous, type UserViewer, type Viewer } from '@gastronom/shared/viewer';
import { type StripeStandIn, startStripe } from '@gastronom/stripe-stand-in/stripe-stand-in';
import { z } from 'zod';
import { createOrdersContext } from '../../context.ts';
import { readOrdersSettings } from '../../env.ts';
import { orders } from '../../subgraph.ts';
import { createPaymentJobs } from '../payment-worker.ts';

const uuid = (end: string) => `00000000-0000-4000-8000-${end.padStart(12, '0')}`;

export const restaurant = uuid('a1');
export const farm = uuid('b1');
export const dairy = uuid('b2');

const member = (end: string, type: 'RESTAURANT' | 'SUPPLIER', id: string, role: 'ADMIN' | 'MEMBER'): UserViewer => ({
  kind: 'user',
  userId: uuid(end),
  role: type,
  organization: { id, type, role },
});

/** The people of these tests. */
export const people = {
  anna: member('1', 'RESTAURANT', restaurant, 'MEMBER'),
  rival: member('2', 'RESTAURANT', uuid('a2'), 'MEMBER'),
  fiona: member('3', 'SUPPLIER', farm, 'ADMIN'),
  frank: member('4', 'SUPPLIER', farm, 'MEMBER'),
  dora: member('5', 'SUPPLIER', dairy, 'ADMIN'),
  stella: { kind: 'user', userId: uuid('6'), role: 'STAFF' },
} as const satisfies Record<string, UserViewer>;

export interface PartToPay {
  readonly supplier: 'farm' | 'dairy' | 'house';
  /** Of each of its lines, one pack each. */
  readonly prices: readonly string[];
  readonly delivery?: string;
}

export interface PlacedPart {
  readonly id: string;
  readonly lineIds: readonly string[];
}

export interface PlacedOrder {
  readonly id: string;
  readonly parts: readonly PlacedPart[];
}

interface Waiting {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
}

export const webhookSecret = 'whsec_of_these_tests';
const oldSecret = 'whsec_that_is_going';
const subscriptions = { DeliveryMarked: 'settle-delivery', SupplierOrderChanged: 'refund-ended-order' };

/** The orders subgraph beside a Stripe that a test plays, with orders that wait for their card. Jobs are done on demand. */
export class CardOrders {
  stripe!: StripeStandIn;
  graph!: TestSubgraph;
  now = Date.now() + 60_000;
  #implementations!: ReadonlyMap<string, JobImplementation>;
  #failed: Waiting[] = [];

  static async open(settings: Record<string, string> = {}): Promise<CardOrders> {
    const cards = new CardOrders();
    const clock = () => cards.now;
    cards.stripe = await startStripe({
      clock,
      secret: webhookSecret,
      post: (body, headers) => cards.post(body, headers),
    });
    let environment: SubgraphEnvironment | undefined;
    const read = readOrdersSettings({
      STRIPE_SECRET_KEY: 'sk_test_1',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_1',
      STRIPE_WEBHOOK_SECRETS: `${webhookSecret},${oldSecret}`,
      STRIPE_API_URL: cards.stripe.url,
      PLATFORM_FEE_PERCENT: '10',
      ...settings,
    });
    const definition: SubgraphDefinition = {
      ...orders,
      createContext(given) {
        environment = given;
        return createOrdersContext(given, read, clock);
      },
    };
    const inventory = fakeSubgraph(async () => ({ data: { releaseReservation: {}, settleReservation: {} } }));
    cards.graph = await createTestSubgraph(definition, { subgraphs: { inventory } });
    if (!environment) throw new Error('the subgraph has no environment');
    cards.#implementations = new Map(createPaymentJobs(environment).map((job) => [job.definition.name, job]));
    for (const [event, name] of Object.entries(subscriptions)) await cards.#subscribe(event, name);
    return cards;
  }

  async #subscribe(event: string, name: string): Promise<void> {
    const { jobs, dataSource } = this.graph;
    await jobs.send(dataSource.manager, defineJob({ name, payload: z.object({}) }), {});
    await this.graph.ownerQuery('DELETE FROM jobs.job WHERE name = $1', [name]);
    await this.graph.ownerQuery('INSERT INTO jobs.subscription (event, name) VALUES ($1, $2)', [event, name]);
  }

  async close(): Promise<void> {
    await this.graph.close();
    await this.stripe.stop();
  }

  /** As Stripe posts to the public door. @returns the status of the answer. */
  async post(body: string, headers: Record<string, string>): Promise<number> {
    const request = { method: 'POST', url: '/webhooks/stripe', headers, body: Buffer.from(body) };
    const caller = { viewer: anonymous, requestId: 'test', logger: this.#logger };
    return (await this.graph.transport.rest(request, caller)).status;
  }

  get #logger() {
    return { warn() {}, error() {}, info() {}, debug() {} } as never;
  }

  /** Does each job that waits once. Those that fail wait for the next time. @returns how many were done or failed. */
  async work(): Promise<number> {
    const failed = this.#failed;
    this.#failed = [];
    const rows = await this.graph.ownerQuery<Waiting>(
      `WITH gone AS (
         DELETE FROM jobs.job WHERE name = ANY($1) AND start_after <= $2 RETURNING id, name, data, created_on
       ) SELECT id, name, data FROM gone ORDER BY created_on, id`,
      [[...this.#implementations.keys()], new Date(this.now)],
    );
    for (const job of [...failed, ...rows]) await this.#run(job);
    return failed.length + rows.length;
  }

  async #run(job: Waiting): Promise<void> {
    const { id, name, data } = job;
    const { signal } = new AbortController();
    try {
      await this.#implementations
        .get(name)
        ?.run([{ id, payload: data ?? {}, attempt: 1, isLastAttempt: false, signal }]);
    } catch (error) {
      this.lastFailure = error;
      this.#failed.push(job);
    }
  }

  lastFailure: unknown;

  /** Until nothing waits any more; what fails even so is thrown. */
  async finish(): Promise<void> {
    for (let turn = 0; turn < 60; turn += 1) if ((await this.work()) === 0) return;
    throw this.lastFailure ?? new Error('jobs follow jobs without an end');
  }

  /** A job out of its time. */
  run(name: string, data: object = {}): Promise<void> {
    return this.#run({ id: randomUUID(), name, data });
  }

  /** Runs an operation that must be answered. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async ask(query: string, variables: Record<string, unknown>, viewer: Viewer): Promise<any> {
    const { data, errors } = await this.graph.execute(query, variables, viewer);
    if (errors) throw new Error(errors.map(({ path, message }) => `${path?.join('.')}: ${message}`).join('; '));
    return data;
  }

  /** An order of the restaurant as placing leaves it: reserved, and waiting for its card. */
  async place(parts: readonly PartToPay[], currency = 'EUR'): Promise<PlacedOrder> {
    const [order] = await this.graph.ownerQuery<{ id: string; number: string }>(
      `INSERT INTO orders.orders (status, buyer_kind, buyer_id, idempotency_key, fingerprint, payment_method, currency,
         goods_amount, tax_amount, total_amount)
       VALUES ('AWAITING_PAYMENT', 'ORGANIZATION', $1, gen_random_uuid()::text, '', 'CARD', $2, 0, 0, 0)
       RETURNING id, number`,
      [restaurant, currency],
    );
    if (!order) throw new Error('no order was placed');
    const placed: PlacedPart[] = [];
    for (const [index, part] of parts.entries())
      placed.push(await this.#placePart(order.id, `${order.number}-${index + 1}`, part, currency));
    return { id: order.id, parts: placed };
  }

  async #placePart(orderId: string, number: string, part: PartToPay, currency: string): Promise<PlacedPart> {
    const organization = { farm, dairy, house: null }[part.supplier];
    const [row] = await this.graph.ownerQuery<{ id: string }>(
      `INSERT INTO orders.supplier_orders (order_id, number, supplier_id, supplier_organization_id, is_house, supplier_name,
         status, time_zone, cancel_until, currency, goods_amount, delivery_amount, tax_amount, total_amount)
       SELECT $1, $2, $3, $4, $5, $6, 'PENDING', 'Europe/Helsinki', 'SHIPPED', $7, sum(p), $9, 0, sum(p) + $9
       FROM unnest($8::numeric[]) AS p RETURNING id`,
      [
        orderId,
        number,
        organization ?? '00000000-0000-7000-8000-000000000001',
        organization,
        organization === null,
        part.supplier,
        currency,
        part.prices,
        part.delivery ?? '0',
      ],
    );
    if (!row) throw new Error('no part was placed');
    const lines = await this.graph.ownerQuery<{ id: string }>(
      `INSERT INTO orders.order_lines (supplier_order_id, position, offer_id, name, unit, base_unit, pack_size, quantity,
         price_amount, tax_rate, tax_included, goods_amount, tax_amount, total_amount)
       SELECT $1, n, 'offer:' || n, 'good ' || n, 'BOX', 'KILOGRAM', 1, 1, p, 0, true, p, 0, p
       FROM unnest($2::numeric[]) WITH ORDINALITY AS price (p, n) RETURNING id`,
      [row.id, part.prices],
    );
    return { id: row.id, lineIds: lines.map(({ id }) => id) };
  }

  /** Asks how to pay, as the buyer. */
  async begin({ id }: PlacedOrder): Promise<{ paymentId: string; clientSecret: string; intentId: string }> {
    const { payOrder } = await this.ask(
      'mutation ($id: ID!) { payOrder(orderId: $id) { payment { paymentId clientSecret } userErrors { code } } }',
      { id },
      people.anna,
    );
    const { payment } = payOrder;
    if (!payment) throw new Error(`the order cannot be paid: ${payOrder.userErrors[0]?.code}`);
    return { ...payment, intentId: String(payment.clientSecret).split('_secret')[0] ?? '' };
  }

  /** Paid, told, and placed. */
  async pay(order: PlacedOrder): Promise<{ paymentId: string; intentId: string; chargeId: string }> {
    const { paymentId, intentId } = await this.begin(order);
    const chargeId = String(this.stripe.money.pay(intentId).latest_charge);
    await this.stripe.deliver();
    await this.finish();
    return { paymentId, intentId, chargeId };
  }

  /** A supplier with an account that can take money. */
  async onboard(viewer: UserViewer): Promise<string> {
    await this.ask(
      `mutation { beginPaymentOnboarding(input: {
         country: "FI", returnUrl: "https://shop.example/back", refreshUrl: "https://shop.example/again"
       }) { url userErrors { code message } } }`,
      {},
      viewer,
    );
    const [row] = await this.graph.ownerQuery<{ stripe_id: string }>(
      'SELECT stripe_id FROM orders.payment_accounts WHERE organization_id = $1',
      [viewer.organization?.id],
    );
    if (!row) throw new Error('there is no account');
    this.stripe.finishOnboarding(row.stripe_id);
    await this.stripe.deliver();
    await this.finish();
    return row.stripe_id;
  }

  /** What each account of the ledger has, in minor units. */
  async ledger(): Promise<Record<string, number>> {
    const rows = await this.graph.ownerQuery<{ account: string; units: string }>(
      'SELECT account, sum(amount)::text AS units FROM orders.ledger_entries GROUP BY account HAVING sum(amount) <> 0',
    );
    return Object.fromEntries(rows.map(({ account, units }) => [account, Number(units)]));
  }
}
