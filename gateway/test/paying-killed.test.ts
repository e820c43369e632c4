import { randomUUID } from 'node:crypto';
import { createLogger } from '@gastronom/shared/logger';
import { createTestDatabase, type TestDatabase } from '@gastronom/shared/testing/test-database';
import { anonymous, type Viewer } from '@gastronom/shared/viewer';
import type { Fault } from '@gastronom/stripe-stand-in/fault';
import { type StripeStandIn, startStripe } from '@gastronom/stripe-stand-in/stripe-stand-in';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mountAll } from '../src/one-process.ts';
import { definitions } from '../src/subgraph-definitions.ts';
import type { SubgraphFleet } from '../src/subgraph-fleet.ts';
import { type Point, startVictim } from './victim-process.ts';

/** Where a process dies: before a statement, or while Stripe owes it an answer. */
type End = Point | { readonly fault: Fault; readonly path: string };

/** While it places an order and asks Stripe for the payment. */
const asking: Record<string, End> = {
  'before the order waits for its payment': { subgraph: 'orders', statement: '^COMMIT', time: 2 },
  'before the payment is written': { subgraph: 'orders', statement: 'INSERT INTO payments' },
  'before the payment is committed': { subgraph: 'orders', statement: '^COMMIT', time: 3 },
  'before Stripe has heard of it': { fault: 'silent', path: '/payment_intents$' },
  'after Stripe made it, before its answer': { fault: 'silent-after', path: '/payment_intents$' },
  'before the payment knows its intent': { subgraph: 'orders', statement: 'UPDATE "orders"."payments"' },
  'before the buyer is answered': { subgraph: 'none', statement: 'answered' },
};

/** While it takes Stripe's word that the buyer has paid. */
const taking: Record<string, End> = {
  'before the word is kept': { subgraph: 'orders', statement: 'INSERT INTO payment_events' },
  'before the word is committed': { subgraph: 'orders', statement: '^COMMIT' },
  'while Stripe is asked what it means': { fault: 'silent', path: '/payment_intents/INTENT' },
  'before the payment has succeeded': { subgraph: 'orders', statement: 'UPDATE "orders"."payments"' },
  'before the ledger has it': { subgraph: 'orders', statement: 'INSERT INTO ledger_postings' },
  'before the ledger is committed': { subgraph: 'orders', statement: '^COMMIT', time: 2 },
  'before the order’s parts are placed': { subgraph: 'orders', statement: 'WITH changed AS' },
  'before anybody is told that it stands': { subgraph: 'orders', statement: 'jobs.subscription', time: 2 },
  'before it stands': { subgraph: 'orders', statement: '^COMMIT', time: 3 },
  'after it stands': { subgraph: 'none', statement: 'answered' },
};

/** What these tests look at of what Stripe has. */
interface Intent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly status: string;
  readonly metadata: { readonly orderId?: string };
}
interface Charge {
  readonly id: string;
  readonly object: 'charge';
  readonly amount: number;
}

const secret = 'whsec_of_this_test';
const logger = createLogger('test', 'silent');
const shop = { source: 'one_c', items: [{ sku: 'TEA', name: 'Tea', price: '4.20', stockQuantity: 1_000 }] };
const sync = `mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { results { outcome } userErrors { message } } }`;
const placing = `mutation { placeOrder(input: { idempotencyKey: "one", paymentMethod: CARD }) {
  order { id status } payment { paymentId clientSecret } userErrors { code } } }`;

let database: TestDatabase;
let stripe: StripeStandIn;
/** The product that is there at the time: first one that does no jobs, then the one that runs on. */
let fleet: SubgraphFleet;

const mount = (works: boolean): Promise<SubgraphFleet> =>
  mountAll(
    definitions.map((definition) => (works ? definition : { ...definition, createWorker: () => [] })),
    { databaseUrl: database.ownerUrl, secret: database.secret, poolSize: 4, logger },
  );

async function ask(subgraph: string, viewer: Viewer, query: string, variables: Record<string, unknown> = {}) {
  const answer = await fleet.directory(subgraph).execute({ query, variables }, { viewer, requestId: 'test', logger });
  if (answer.errors) throw new Error(answer.errors.map(({ message }) => message).join('; '));
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  return answer.data as any;
}

const customer = (userId: string): Viewer => ({ kind: 'user', userId, role: 'CUSTOMER' });

/** What the buyer is told to pay with. */
const intentOf = (payment: { clientSecret: string }): string => payment.clientSecret.split('_secret')[0] ?? '';

/** Runs a process to its end at a point. */
async function die(end: End, settings: Record<string, string>): Promise<{ signal: string | null; output: string }> {
  if (!('fault' in end)) return startVictim(database, { ...settings, POINT: JSON.stringify(end) }).ended;
  const before = stripe.seen.length;
  stripe.failNext(end.fault, new RegExp(end.path));
  const victim = startVictim(database, settings);
  const isSeen = () => stripe.seen.slice(before).some(({ fault }) => fault === end.fault);
  let isOver = false;
  const over = victim.ended.finally(() => {
    isOver = true;
  });
  while (!isSeen() && !isOver) await new Promise((resolve) => setTimeout(resolve, 50));
  victim.kill();
  return over;
}

/** A buyer who has paid, and Stripe's word of it, which nobody took yet. */
async function paid(buyer: string) {
  const viewer = customer(buyer);
  const adding =
    'mutation { addToCart(input: { lines: [{ offerId: "house:TEA", quantity: "2" }] }) { userErrors { code } } }';
  await ask('orders', viewer, adding);
  const { payment } = (await ask('orders', viewer, placing)).placeOrder;
  const intent = intentOf(payment);
  stripe.money.pay(intent);
  const event = stripe.webhook.waiting.find(
    ({ type, data }) => type === 'payment_intent.succeeded' && (data.object as { id?: string }).id === intent,
  );
  if (!event) throw new Error('Stripe has nothing to tell');
  const told = { ...stripe.webhook.sign(event), eventId: event.id, paymentId: payment.paymentId };
  return { intent, told: JSON.stringify(told) };
}

const buyers = new Map([...Object.keys(asking), ...Object.keys(taking)].map((name) => [name, randomUUID()]));
const buyerOf = (name: string): string => buyers.get(name) ?? '';
const ends = new Map<string, { signal: string | null; output: string }>();

/** Three at a time, as long as there are some. */
async function inTurns(work: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...work];
  const next = async (): Promise<void> => {
    const begin = waiting.shift();
    if (!begin) return;
    await begin();
    await next();
  };
  await Promise.all([next(), next(), next()]);
}

type Ended = readonly [name: string, end: End];

async function killAsking(points: readonly Ended[]): Promise<void> {
  const kill = async ([name, end]: Ended): Promise<void> => {
    ends.set(name, await die(end, { BUYER: buyerOf(name), METHOD: 'CARD' }));
  };
  // Stripe cannot know whose request it is that goes wrong: those are alone.
  for (const one of points.filter(([, end]) => 'fault' in end)) await kill(one);
  await inTurns(points.filter(([, end]) => !('fault' in end)).map((one) => () => kill(one)));
}

const killTaking = (points: readonly Ended[]): Promise<void> =>
  inTurns(
    points.map(([name, end]) => async () => {
      const { intent, told } = await paid(buyerOf(name));
      const mine = 'path' in end ? { ...end, path: end.path.replace('INTENT', intent) } : end;
      ends.set(name, await die(mine, { BUYER: buyerOf(name), TOLD: told }));
    }),
  );

/** Who was not answered asks again with the same key, and pays. */
async function askAgain(points: readonly Ended[]): Promise<void> {
  for (const [name] of points) {
    const { payment } = (await ask('orders', customer(buyerOf(name)), placing)).placeOrder;
    stripe.money.pay(intentOf(payment));
  }
}

async function settled(): Promise<void> {
  const unfinished = `SELECT FROM orders.orders WHERE status IN ('PLACING', 'AWAITING_PAYMENT')
    UNION ALL SELECT FROM jobs.job WHERE name IN ('apply-payment-event', 'conclude-payment') AND state < 'completed'`;
  while ((await database.query(unfinished)).length > 0) await new Promise((resolve) => setTimeout(resolve, 200));
}

beforeAll(async () => {
  stripe = await startStripe({
    secret,
    post: async (body, headers) => {
      const request = { method: 'POST', url: '/webhooks/stripe', headers, body: Buffer.from(body) };
      return (await fleet.directory('orders').rest(request, { viewer: anonymous, requestId: 'test', logger })).status;
    },
  });
  Object.assign(process.env, {
    ENVIRONMENT: 'test',
    STRIPE_SECRET_KEY: 'sk_test_1',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_1',
    STRIPE_WEBHOOK_SECRETS: secret,
    STRIPE_API_URL: stripe.url,
    STRIPE_TIMEOUT_MS: '80000',
  });
  database = await createTestDatabase();
  // Jobs have their queues once a worker was there.
  fleet = await mount(true);
  const scraper: Viewer = { kind: 'service', keyId: randomUUID(), name: 'scraper', scopes: ['sync:write'] };
  await ask('integrations', scraper, sync, { input: shop });
  await fleet.close();
});
afterAll(async () => {
  await stripe.stop();
  await database.drop();
});

interface Trace {
  readonly id: string;
  readonly status: string;
  readonly reservation: string | null;
  readonly payment: string | null;
  readonly told: number;
  readonly paid: number;
}

/** What there is of a buyer's order, over all subgraphs. */
const tracesOf = (buyer: string): Promise<Trace[]> =>
  database.query(
    `SELECT placed.id, placed.status, reservation.status AS reservation, payment.status AS payment,
       (SELECT count(*)::int FROM jobs.job WHERE name = 'tell-live-order-placed'
          AND data -> 'data' ->> 'orderId' = placed.id::text) AS told,
       (SELECT count(*)::int FROM jobs.job WHERE name = 'tell-live-payment-changed'
          AND data -> 'data' ->> 'orderId' = placed.id::text) AS paid
     FROM orders.orders placed JOIN orders.supplier_orders part ON part.order_id = placed.id
     LEFT JOIN inventory.reservations reservation ON reservation.order_key = part.id::text
     LEFT JOIN orders.payments payment ON payment.order_id = placed.id
     WHERE placed.buyer_id = $1`,
    [buyer],
  );

const intentsFor = (orderId: string): Intent[] =>
  stripe.all<Intent>('payment_intent').filter(({ metadata }) => metadata.orderId === orderId);

describe.each([
  ['while it asks for the money', asking, killAsking, askAgain],
  ['while it takes Stripe’s word', taking, killTaking, async () => {}],
])('a process that is killed %s', (_, points, kill, goOn) => {
  beforeAll(async () => {
    fleet = await mount(false);
    await kill(Object.entries(points));
    await fleet.close();
    fleet = await mount(true);
    await goOn(Object.entries(points));
    await stripe.deliver({ times: 2, order: 'reversed' });
    await settled();
  });
  afterAll(() => fleet.close());

  it.each(Object.keys(points))('%s, leaves one order, one reservation, one charge, and all told once', async (name) => {
    const [trace, ...others] = await tracesOf(buyerOf(name));

    expect(ends.get(name)).toEqual({ signal: 'SIGKILL', output: '' });
    expect({ trace, others }).toEqual({
      trace: {
        ...{ id: trace?.id, status: 'PLACED', reservation: 'RESERVED', payment: 'SUCCEEDED' },
        ...{ told: 1, paid: 1 },
      },
      others: [],
    });
    expect(intentsFor(trace?.id ?? '').map(({ status }) => status)).toEqual(['succeeded']);
  });
});

describe('when all is over', () => {
  it('no charge is without its order, and no money is counted twice', async () => {
    const charges = stripe.all<Charge>('charge');
    const intents = stripe.all<Intent>('payment_intent');
    const [sums] = await database.query<Record<string, string>>(
      `SELECT (SELECT count(*)::int FROM orders.orders WHERE status = 'PLACED') AS orders,
         (SELECT (sum(total_amount) * 100)::bigint::text FROM orders.orders) AS ordered,
         (SELECT sum(amount)::text FROM orders.ledger_entries) AS balance,
         (SELECT (-sum(amount))::text FROM orders.ledger_entries WHERE account = 'BUYER') AS received`,
    );

    expect(sums).toEqual({
      orders: buyers.size,
      ordered: String(charges.reduce((sum, { amount }) => sum + amount, 0)),
      balance: '0',
      received: sums?.ordered,
    });
    expect([charges.length, intents.length]).toEqual([buyers.size, buyers.size]);
  });

  it('what is reserved is what was ordered', async () => {
    const [sums] = await database.query(
      `SELECT (SELECT quantity::text FROM inventory.stock_reserved WHERE product_sku = 'TEA') AS reserved,
         (SELECT count(*)::int FROM inventory.reservations WHERE status = 'RESERVED') AS reservations`,
    );

    expect(sums).toEqual({ reserved: `${buyers.size * 2}.000`, reservations: buyers.size });
  });
});
