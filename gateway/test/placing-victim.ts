import { catalog } from '@gastronom/catalog/subgraph';
import { inventory } from '@gastronom/inventory/subgraph';
import { orders } from '@gastronom/orders/subgraph';
import { createOrdersWorker } from '@gastronom/orders/worker';
import type { JobImplementation } from '@gastronom/shared/jobs/job';
import { createLogger } from '@gastronom/shared/logger';
import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { anonymous } from '@gastronom/shared/viewer';
import { suppliers } from '@gastronom/suppliers/subgraph';
import { mountAll } from '../src/one-process.ts';

/*
 * A process of the product that is killed at a point of what it does: before the statement of a subgraph that matches, the
 * so-manieth time, or once the order is answered. It puts one good into a person's cart and orders it; or, where Stripe has
 * TOLD something, it takes that and does what follows from it. It works off no other jobs, and has no more of the product
 * than that takes.
 */

interface Point {
  readonly subgraph: string;
  readonly statement: string;
  readonly time?: number;
}

const { DATABASE_URL = '', INTERNAL_SECRET = '', BUYER = '', POINT = 'null', TOLD, METHOD = 'INVOICE' } = process.env;
const point = JSON.parse(POINT) as Point | null;
const die = () => process.kill(process.pid, 'SIGKILL');

let isAtWork = false;
let times = 0;

function onStatement(subgraph: string, sql: string): void {
  if (!isAtWork || !point || subgraph !== point.subgraph || !new RegExp(point.statement).test(sql)) return;
  times += 1;
  if (times === (point.time ?? 1)) die();
}

const logger = createLogger('victim', 'silent');
let jobs: readonly JobImplementation[] = [];
const fleet = await mountAll(
  [orders, suppliers, inventory, catalog].map(
    (definition): SubgraphDefinition => ({
      ...definition,
      createWorker(environment) {
        if (definition === orders) jobs = createOrdersWorker(environment);
        return [];
      },
    }),
  ),
  { databaseUrl: DATABASE_URL, secret: INTERNAL_SECRET, poolSize: 2, logger, onStatement },
);

const viewer = { kind: 'user', userId: BUYER, role: 'CUSTOMER' } as const;
const ask = (query: string) => fleet.directory('orders').execute({ query }, { viewer, requestId: 'victim', logger });

async function placeOrder(): Promise<unknown> {
  if (process.env.FILL !== 'no')
    await ask(
      'mutation { addToCart(input: { lines: [{ offerId: "house:TEA", quantity: "2" }] }) { userErrors { code } } }',
    );
  isAtWork = true;
  return ask(
    `mutation { placeOrder(input: { idempotencyKey: "one", paymentMethod: ${METHOD} }) { replayed userErrors { code }
       findings { code } order { id number status supplierOrders { id status } } payment { paymentId clientSecret } } }`,
  );
}

/** A job of the order's, whether the queue has come to it or not. */
async function work(name: string, payload: object): Promise<void> {
  const job = jobs.find(({ definition }) => definition.name === name);
  const { signal } = new AbortController();
  await job?.run([{ id: 'victim', payload, attempt: 1, isLastAttempt: false, signal }]);
}

/** What Stripe tells is noted, looked up, and said to the order. */
async function takeWord(told: string): Promise<unknown> {
  isAtWork = true;
  const { body, headers, eventId, paymentId } = JSON.parse(told);
  const request = { method: 'POST', url: '/webhooks/stripe', headers, body: Buffer.from(body) };
  const { status } = await fleet.directory('orders').rest(request, { viewer: anonymous, requestId: 'victim', logger });
  await work('apply-payment-event', { eventId });
  await work('conclude-payment', { paymentId });
  return { status };
}

const answer = await (TOLD ? takeWord(TOLD) : placeOrder());
if (point?.statement === 'answered') die();
process.stdout.write(`${JSON.stringify(answer)}\n`);
await fleet.close();
