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
import {
  insertCardOrder,
  insertDelivery,
  type PartToPay,
  type PlacedOrder,
  type PlacedPart,
} from './card-order-rows.ts';
import { people, restaurant } from './people.ts';

interface Waiting {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
}

export const webhookSecret = 'whsec_of_these_tests';
const oldSecret = 'whsec_that_is_going';
/** Jobs that hear of what happens; the last one is nobody's, and what it would hear can be looked at. */
const subscriptions = {
  DeliveryMarked: 'settle-delivery',
  SupplierOrderChanged: 'refund-ended-order',
  PaymentChanged: 'hear-payment-changed',
};

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
    // What is tried again is tried later, as by the queue.
    this.now += 1_000;
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
  place(parts: readonly PartToPay[], currency = 'EUR'): Promise<PlacedOrder> {
    return insertCardOrder(this.graph, restaurant, parts, currency);
  }

  /** Goods of so much were accepted, and nothing more is expected. */
  async deliver(part: PlacedPart | undefined, goods: string): Promise<void> {
    await insertDelivery(this.graph, part?.id ?? '', goods);
    await this.event('settle-delivery', { supplierOrderId: part?.id });
    await this.finish();
  }

  /** What a job hears. */
  event(name: string, data: object): Promise<void> {
    return this.run(name, { id: randomUUID(), type: 'Test', version: 1, occurredAt: new Date().toISOString(), data });
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

  /** The steps of a payment that were told of. */
  async told(paymentId: string): Promise<string[]> {
    const rows = await this.graph.ownerQuery<{ step: string }>(
      `SELECT concat_ws(' ', data->'data'->>'from', data->'data'->>'to', data->'data'->>'amount') AS step
       FROM jobs.job WHERE name = 'hear-payment-changed' AND data->'data'->>'paymentId' = $1 ORDER BY created_on, id`,
      [paymentId],
    );
    return rows.map(({ step }) => step);
  }

  /** What one payment left in each account of the ledger, in minor units. */
  async booksOf(paymentId: string): Promise<Record<string, number>> {
    const rows = await this.graph.ownerQuery<{ account: string; units: string }>(
      `SELECT account, sum(amount)::text AS units FROM orders.ledger_entries e
       JOIN orders.ledger_postings p ON p.id = e.posting_id WHERE p.payment_id = $1
       GROUP BY account HAVING sum(amount) <> 0`,
      [paymentId],
    );
    return Object.fromEntries(rows.map(({ account, units }) => [account, Number(units)]));
  }

  /** What each account of the ledger has, in minor units. */
  async ledger(): Promise<Record<string, number>> {
    const rows = await this.graph.ownerQuery<{ account: string; units: string }>(
      'SELECT account, sum(amount)::text AS units FROM orders.ledger_entries GROUP BY account HAVING sum(amount) <> 0',
    );
    return Object.fromEntries(rows.map(({ account, units }) => [account, Number(units)]));
  }
}
