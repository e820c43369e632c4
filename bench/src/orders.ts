// Buyers who order the same few goods of the house at once, through the gateway: so many orders a second for so long, each
// put into its buyer's cart and placed. Half of the goods run out on the way. Then every number is added up.
// Usage: pnpm --filter bench orders [--rate 50] [--seconds 60] [--buyers 200] [--goods 40]
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { signDevelopmentToken } from '@gastronom/gateway/identity/development-token';
import { developmentSecrets } from '@gastronom/shared/secrets';
import pg from 'pg';
import { goods } from './goods.ts';
import { ask, startDatabase, startGraph } from './graph.ts';
import { fixed, percentile } from './measure.ts';
import { addUp } from './order-sums.ts';
import { startServer } from './server-process.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '60' },
    buyers: { type: 'string', default: '200' },
    goods: { type: 'string', default: '40' },
  },
});
const rate = Number(values.rate);
const seconds = Number(values.seconds);
const wanted = rate * seconds;
/** Goods in an order, one piece of each to three. */
const linesOfOrder = 3;

const database = await startDatabase();
// The server is a process of its own and reads these.
Object.assign(process.env, { DATA_DIR: database.dataDir, STOCK_BUFFER_DEFAULT: '0', DATABASE_POOL_SIZE: '10' });
const client = new pg.Client({ connectionString: database.url });
await client.connect();

// Of the even ones about half of what is asked for.
const demand = (wanted * linesOfOrder * 2) / Number(values.goods);
const sold = goods(Number(values.goods)).map((good, place) => ({
  ...good,
  stockQuantity: Math.ceil(place % 2 === 0 ? demand / 2 : demand * 3),
}));

async function load(): Promise<void> {
  const graph = await startGraph(database);
  const mutation = `mutation Sync($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }`;
  await ask(graph.url, mutation, { input: { source: 'bench', items: sold } }, graph.key);
  await graph.stop();
}

await load();
const server = await startServer({
  mode: 'product',
  databaseUrl: database.url,
  secret: database.secret,
  dataDir: database.dataDir,
  subgraphUrls: {},
});

const secrets = developmentSecrets(database.dataDir);
const tokens = await Promise.all(
  Array.from({ length: Number(values.buyers) }, (_, buyer) =>
    signDevelopmentToken(
      secrets,
      { clerkUserId: `user_bench_${buyer}`, name: `Buyer ${buyer}`, email: `buyer${buyer}@bench.example` },
      86_400,
    ),
  ),
);

const addToCart = `mutation ($input: AddToCartInput!) { addToCart(input: $input) { userErrors { code } } }`;
const clearCart = 'mutation { clearCart { userErrors { code } } }';
const placeOrder = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { id status } findings { code severity } userErrors { code } refusedLines { id } }
}`;

interface Placed {
  readonly placeOrder: {
    readonly order: { readonly id: string; readonly status: string } | null;
    readonly findings: readonly { readonly code: string; readonly severity: string }[];
    readonly userErrors: readonly { readonly code: string }[];
  };
}

const outcomes = new Map<string, number>();
const count = (what: string) => outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
const placing: number[] = [];
const whole: number[] = [];

const outcomeOf = ({ order, findings, userErrors }: Placed['placeOrder']): string =>
  order?.status ?? userErrors[0]?.code ?? findings.find(({ severity }) => severity === 'ERROR')?.code ?? 'NOTHING';

async function order(number: number, token: string): Promise<void> {
  const first = (number * 7) % sold.length;
  const lines = Array.from({ length: linesOfOrder }, (_, place) => ({
    offerId: `house:${sold[(first + place * 3) % sold.length]?.sku}`,
    quantity: String(1 + ((number + place) % 3)),
  }));
  const from = performance.now();
  await ask(server.url, addToCart, { input: { lines } }, token);
  const ready = performance.now();
  const answer = await ask<Placed>(server.url, placeOrder, { input: { idempotencyKey: `order-${number}` } }, token);
  placing.push(performance.now() - ready);
  whole.push(performance.now() - from);
  const outcome = outcomeOf(answer.placeOrder);
  count(outcome);
  if (outcome !== 'PLACED') await ask(server.url, clearCart, {}, token);
}

// Everybody signs in first: who is new here is made, which orders do not wait for.
for (const token of tokens) await ask(server.url, '{ me { id } }', {}, token);

const spentBefore = await server.cpuSeconds();
const free = [...tokens];
const running = new Set<Promise<void>>();
const begun = performance.now();
let late = 0;
for (let number = 0; number < wanted; number += 1) {
  const due = begun + (number * 1_000) / rate;
  if (performance.now() < due) await sleep(due - performance.now());
  // A buyer has one cart, and orders one after another.
  while (free.length === 0) await Promise.race(running);
  if (performance.now() - due > 1_000) late += 1;
  const token = free.shift() ?? '';
  const one: Promise<void> = order(number, token)
    .then(() => undefined)
    .catch((error: Error) => void count(`error: ${error.message}`))
    .finally(() => {
      running.delete(one);
      free.push(token);
    });
  running.add(one);
}
await Promise.all(running);
const took = (performance.now() - begun) / 1_000;

const told = (times: readonly number[]) =>
  [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${fixed(percentile(times, share), 0)} ms`).join(', ');
console.log(`${wanted} orders of ${tokens.length} buyers in ${fixed(took, 1)} s: ${fixed(wanted / took, 1)} a second`);
console.log(`placeOrder: ${told(placing)}; with addToCart: ${told(whole)}; begun more than a second late: ${late}`);
console.log([...outcomes].map(([what, times]) => `${times} ${what}`).join(', '));
console.log(
  `processor: ${fixed(((await server.cpuSeconds()) - spentBefore) / wanted, 3)} s an order, without PostgreSQL`,
);
for (const line of await addUp(client)) console.log(line);

await server.stop();
await client.end();
await database.stop();
