import { catalog } from '@gastronom/catalog/subgraph';
import { inventory } from '@gastronom/inventory/subgraph';
import { orders } from '@gastronom/orders/subgraph';
import { createLogger } from '@gastronom/shared/logger';
import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { suppliers } from '@gastronom/suppliers/subgraph';
import { mountAll } from '../src/one-process.ts';

/*
 * A process of the product that puts one good into a person's cart, orders it, and is killed at a point of that: before
 * the statement of a subgraph that matches, the so-manieth time, or once the order is answered. It works off no jobs, and has
 * no more of the product than that takes.
 */

interface Point {
  readonly subgraph: string;
  readonly statement: string;
  readonly time?: number;
}

const { DATABASE_URL = '', INTERNAL_SECRET = '', BUYER = '', POINT = 'null' } = process.env;
const point = JSON.parse(POINT) as Point | null;
const die = () => process.kill(process.pid, 'SIGKILL');

let isPlacing = false;
let times = 0;

function onStatement(subgraph: string, sql: string): void {
  if (!isPlacing || !point || subgraph !== point.subgraph || !new RegExp(point.statement).test(sql)) return;
  times += 1;
  if (times === (point.time ?? 1)) die();
}

const logger = createLogger('victim', 'silent');
const fleet = await mountAll(
  [orders, suppliers, inventory, catalog].map(
    (definition): SubgraphDefinition => ({ ...definition, createWorker: () => [] }),
  ),
  { databaseUrl: DATABASE_URL, secret: INTERNAL_SECRET, poolSize: 2, logger, onStatement },
);

const viewer = { kind: 'user', userId: BUYER, role: 'CUSTOMER' } as const;
const ask = (query: string) => fleet.directory('orders').execute({ query }, { viewer, requestId: 'victim', logger });

if (process.env.FILL !== 'no')
  await ask(
    'mutation { addToCart(input: { lines: [{ offerId: "house:TEA", quantity: "2" }] }) { userErrors { code } } }',
  );
isPlacing = true;
const answer = await ask(
  `mutation { placeOrder(input: { idempotencyKey: "one" }) {
     replayed userErrors { code } findings { code } order { id number status supplierOrders { id status } } } }`,
);
if (point?.statement === 'answered') die();
process.stdout.write(`${JSON.stringify(answer)}\n`);
await fleet.close();
