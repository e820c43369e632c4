// Buyers who order the same few goods of the house at once, through the gateway: so many orders a second for so long, each
// put into its buyer's cart and placed, beside one at a time at rest. Some goods run out on the way. Then every number is
// added up.
// Usage: pnpm --filter bench orders [--rate 50] [--seconds 60] [--buyers 200] [--goods 40] [--profile FOLDER] [--statements]
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { developmentSecrets } from '@gastronom/shared/secrets';
import pg from 'pg';
import { takeTurns } from './at-rate.ts';
import { bareOrderSeconds } from './bare-orders.ts';
import { type Good, goods } from './goods.ts';
import { sendGoods, startDatabase, startGraph } from './graph.ts';
import { fixed, percentile } from './measure.ts';
import { Buyers, linesOf, type Ordered } from './order-buyers.ts';
import { addUp, countCommits, countJobs, countWaiting, listStatements } from './order-sums.ts';
import { processorSeconds } from './processor-time.ts';
import { startServer } from './server-process.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '60' },
    buyers: { type: 'string', default: '200' },
    goods: { type: 'string', default: '40' },
    profile: { type: 'string' },
    statements: { type: 'boolean', default: false },
  },
});
const rate = Number(values.rate);
const wanted = rate * Number(values.seconds);
/** One after another, before the load. */
const atRest = 100;
/** Then at half the rate, uncounted: connections are opened, and what is asked often is prepared on them. */
const warmUp = rate * 5;
const early = atRest + warmUp;

/** What will have been asked for of each good by the time so many orders have been. */
function demandUpTo(orders: number): number[] {
  const demand = Array.from({ length: Number(values.goods) }, () => 0);
  for (let number = 0; number < orders; number += 1)
    for (const { place, pieces } of linesOf(number, demand.length)) demand[place] = (demand[place] ?? 0) + pieces;
  return demand;
}

/** Every eighth good runs out, the one after the other, in the second half of the time; of the rest there is enough. */
function stocked(): Good[] {
  const whole = demandUpTo(early + wanted);
  return goods(whole.length).map((good, place) => {
    const share = 0.5 + (0.5 * place) / whole.length;
    const scarce = demandUpTo(early + Math.ceil(wanted * share))[place] ?? 0;
    return { ...good, stockQuantity: place % 8 === 7 ? scarce : (whole[place] ?? 0) * 2 };
  });
}

const database = await startDatabase({ countsStatements: values.statements });
// The server is a process of its own and reads these.
Object.assign(process.env, { DATA_DIR: database.dataDir, STOCK_BUFFER_DEFAULT: '0' });
const client = new pg.Client({ connectionString: database.url });
await client.connect();
const sold = stocked();

async function load(): Promise<void> {
  const graph = await startGraph(database);
  await sendGoods(graph, sold);
  await graph.stop();
  await client.query('VACUUM (ANALYZE)');
}

await load();
const profiled = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [];
const server = await startServer(
  {
    mode: 'product',
    databaseUrl: database.url,
    secret: database.secret,
    dataDir: database.dataDir,
    subgraphUrls: {},
    countsStatements: values.statements,
  },
  profiled,
);
const buyers = new Buyers(server.url, sold);
await buyers.signIn(developmentSecrets(database.dataDir), Number(values.buyers));

/** What everything has used up to now. */
async function used() {
  const { user, system } = process.cpuUsage();
  return {
    server: await server.used(),
    postgres: await processorSeconds(database.pid),
    clients: (user + system) / 1e6,
    commits: await countCommits(client),
  };
}

async function drain(): Promise<number> {
  const from = performance.now();
  while ((await countWaiting(client)) > 0) await sleep(100);
  return (performance.now() - from) / 1_000;
}

const told = (times: readonly number[]) =>
  [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${fixed(percentile(times, share), 0)} ms`).join(', ');

/** Says how long orders took, and what became of them. */
function tell(what: string, ordered: readonly Ordered[], failed: readonly string[]): void {
  const outcomes = Map.groupBy([...ordered.map(({ outcome }) => outcome), ...failed], (outcome) => outcome);
  console.log(`${what}: from when it was due ${told(ordered.map(({ wholeMs }) => wholeMs))};`);
  console.log(`  placeOrder alone ${told(ordered.flatMap(({ placingMs }) => placingMs ?? []))}`);
  console.log(`  ${[...outcomes].map(([outcome, times]) => `${times.length} ${outcome}`).join(', ')}`);
}

const resting: Ordered[] = [];
for (let number = 0; number < atRest; number += 1) resting.push(await buyers.order(number));
tell('one at a time', resting, []);
const warming: Ordered[] = [];
await takeTurns({ rate: rate / 2, turns: warmUp }, async (turn, due) => {
  warming.push(await buyers.order(atRest + turn, due));
});
await drain();

if (values.statements) await client.query('SELECT public.pg_stat_statements_reset()');
const usedBefore = await used();
const loaded: Ordered[] = [];
const failed: string[] = [];
const paced = await takeTurns({ rate, turns: wanted }, async (turn, due) => {
  try {
    loaded.push(await buyers.order(early + turn, due));
  } catch (error) {
    failed.push(`failed: ${(error as Error).message}`);
  }
});
const loopDelay = (await server.used()).loopDelayMs;
const drainSeconds = await drain();
const after = await used();

const seconds = fixed(paced.seconds, 1);
console.log(
  `${wanted} orders of ${values.buyers} buyers in ${seconds} s: ${fixed(wanted / paced.seconds, 1)} a second`,
);
tell('under load', loaded, failed);
console.log(`  ${buyers.askedAgain} asked again with the same key`);
const ratioAt = (share: number) =>
  percentile(
    loaded.map(({ wholeMs }) => wholeMs),
    share,
  ) /
  percentile(
    resting.map(({ wholeMs }) => wholeMs),
    share,
  );
console.log(`  against one at a time: p50 ${fixed(ratioAt(0.5), 1)}×, p95 ${fixed(ratioAt(0.95), 1)}×`);
const each = (total: number) => fixed((total * 1_000) / wanted, 1);
console.log(
  `processor, s / 1,000 orders with all that follows: server ${each(after.server.cpuSeconds - usedBefore.server.cpuSeconds)}, PostgreSQL ${each(after.postgres - usedBefore.postgres)}, clients ${each(after.clients - usedBefore.clients)}`,
);
console.log(
  `an order: ${fixed((after.commits - usedBefore.commits) / wanted, 1)} transactions${values.statements ? `, ${fixed((after.server.statements - usedBefore.server.statements) / wanted, 1)} statements without the queue's` : ''}`,
);
const megabytes = (bytes: number) => fixed(bytes / 1e6, 0);
console.log(
  `memory: ${megabytes(usedBefore.server.residentBytes)} MB before, ${megabytes(after.server.residentBytes)} MB after, ${megabytes(after.server.mostResidentBytes)} MB at most; timers late: p99 ${fixed(loopDelay.p99, 0)} ms, at most ${fixed(loopDelay.max, 0)} ms; the load itself at most ${fixed(paced.latestMs, 0)} ms`,
);
console.log(`all that is due was done ${fixed(drainSeconds, 1)} s after the last order`);
console.log(`jobs: ${(await countJobs(client)).map(({ name, count }) => `${count} ${name}`).join(', ')}`);

if (values.statements) for (const line of await listStatements(client, wanted)) console.log(line);

const placed = [...resting, ...warming, ...loaded].flatMap(({ outcome, orderId }) =>
  outcome === 'PLACED' && orderId !== null ? [orderId] : [],
);
const bare = await bareOrderSeconds(client, placed.slice(0, 500));
console.log(`one bare transaction with an order's rows: ${fixed(bare * 1_000, 2)} ms`);
const wrongs = await addUp(client, placed);
for (const { what, count } of wrongs) console.log(`${count} ${what}`);

await server.stop();
await client.end();
await database.stop();
if (failed.length > 0 || wrongs.some(({ count }) => count > 0)) process.exitCode = 1;
