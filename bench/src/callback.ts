// A stock callback of 1C end to end through the gateway, from its POST until it is applied, beside one bare
// INSERT … ON CONFLICT of the same rows in turn; and how long a page takes while callbacks run, beside at rest.
// Usage: pnpm --filter bench callback [--rows 10000] [--rounds 5] [--rate 20] [--seconds 10]
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type Count, countsTable } from './bare-counts.ts';
import { goods } from './goods.ts';
import { ask, sendGoods, startDatabase, startGraph } from './graph.ts';
import { cursorsOf, readAtRate } from './list-pages.ts';
import { fixed, median, percentile, secondsOf } from './measure.ts';
import { startServer } from './server-process.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '10' },
  },
});
const rows = Number(values.rows);
const rounds = Array.from({ length: Number(values.rounds) }, (_, round) => round + 1);
const seconds = Number(values.seconds);
const rate = Number(values.rate);
const secret = 'what-the-bench-and-1c-both-know';

const database = await startDatabase();
// The server is a process of its own and reads these.
Object.assign(process.env, { ONE_C_WEBHOOK_SECRETS: secret, DATA_DIR: database.dataDir, STOCK_BUFFER_DEFAULT: '0' });
const client = new pg.Client({ connectionString: database.url });
await client.connect();
const bare = await countsTable(client);

async function load(): Promise<void> {
  const graph = await startGraph(database);
  const all = goods(rows).map(({ stockQuantity, ...good }) => good);
  await sendGoods(graph, all);
  const warehouses = `mutation W($input: SyncWarehousesInput!) { syncWarehouses(input: $input) { userErrors { message } } }`;
  const items = rounds.map((round) => ({ externalId: `W${round}`, name: `Warehouse ${round}` }));
  await ask(graph.url, warehouses, { input: { source: 'bench', items } }, graph.key);
  await graph.stop();
  await client.query('VACUUM (ANALYZE)');
}

await load();
const server = await startServer({
  mode: 'product',
  databaseUrl: database.url,
  secret: database.secret,
  dataDir: database.dataDir,
  subgraphUrls: {},
});
const codes = goods(rows).map(({ sku }) => sku);
const countsOf = (offset: number): Count[] =>
  codes.map((code, index) => ({ nomenclature_code: code, quantity: 10 + ((index + offset) % 50) }));

/** @returns the seconds until 1C had its 200. */
async function callBack(warehouse: string, items: readonly Count[]): Promise<number> {
  // 1C sends its moment here, so that no two callbacks say the same.
  const body = JSON.stringify({ warehouse_id_1c: warehouse, observed_at: new Date().toISOString(), items });
  const from = performance.now();
  const response = await fetch(server.url.replace('/graphql', '/api/v1/integrations/one_c/stocks'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body,
  });
  const answer = (await response.json()) as { deliveryId?: string; message: string };
  const answered = (performance.now() - from) / 1_000;
  if (!answer.deliveryId) throw new Error(answer.message);
  for (let status = 'RECEIVED'; status !== 'APPLIED'; await sleep(5)) {
    const found = await client.query<{ status: string }>(
      'SELECT status FROM integrations.one_c_deliveries WHERE id = $1',
      [answer.deliveryId],
    );
    status = found.rows[0]?.status ?? '';
    if (status !== 'RECEIVED' && status !== 'APPLIED') throw new Error(`the callback is ${status}`);
  }
  return answered;
}

interface Turn {
  readonly warehouse: string;
  readonly counts: readonly Count[];
}

/** Ours and the yardstick in turn, so that a machine whose speed drifts does so for both. */
async function measure(what: string, turns: readonly Turn[]): Promise<void> {
  const answered: number[] = [];
  const ours: number[] = [];
  const yardstick: number[] = [];
  for (const [place, { warehouse, counts }] of turns.entries()) {
    const bareWarehouse = warehouse === '001' ? 0 : place + 1;
    yardstick.push(await secondsOf(() => bare(bareWarehouse, counts)));
    ours.push(await secondsOf(async () => answered.push(await callBack(warehouse, counts))));
  }
  const [whole, upsert] = [median(ours), median(yardstick)];
  console.log(
    `${what.padEnd(20)} 200 after ${fixed(median(answered))} s, applied after ${fixed(whole)} s   bare upsert ${fixed(upsert)} s   ${fixed(whole / upsert, 1)}×`,
  );
}

console.log(`callbacks of ${rows} counts, medians of ${rounds.length} rounds in turn with the yardstick`);
await callBack('001', countsOf(0));
await bare(0, countsOf(0));
await measure(
  'nothing changed',
  rounds.map(() => ({ warehouse: '001', counts: countsOf(0) })),
);
await measure(
  'one in 20 changed',
  rounds.map((round) => ({
    warehouse: '001',
    counts: countsOf(0).map((row, index) => (index % 20 === 0 ? { ...row, quantity: 100 + round } : row)),
  })),
);
await measure(
  'all changed',
  rounds.map((round) => ({ warehouse: '001', counts: countsOf(round) })),
);
await measure(
  'all new',
  rounds.map((round) => ({ warehouse: `W${round}`, counts: countsOf(round) })),
);

const pages = await cursorsOf(server.url, 200);
const forSeconds = () => {
  const end = performance.now() + seconds * 1_000;
  return () => performance.now() > end;
};

/** Callbacks one after the other, until it is told to stop. @returns how many. */
async function keepCalling(stopped: () => boolean, counts: (round: number) => readonly Count[]): Promise<number> {
  let round = 0;
  for (; !stopped(); round += 1) await callBack('001', counts(round));
  return round;
}

await readAtRate(server.url, pages, rate, forSeconds());
const atRest = await readAtRate(server.url, pages, rate, forSeconds());
console.log(
  `pages of 20 with availability, ${rate} a second: p50 ${fixed(percentile(atRest, 0.5), 1)} ms, p95 ${fixed(percentile(atRest, 0.95), 1)} ms at rest`,
);
for (const [what, counts] of [
  ['callbacks in which nothing changed', () => countsOf(0)],
  ['callbacks in which all changed', (round: number) => countsOf(100 + round)],
] as const) {
  const stopped = forSeconds();
  const [times, calls] = await Promise.all([
    readAtRate(server.url, pages, rate, stopped),
    keepCalling(stopped, counts),
  ]);
  const p95 = percentile(times, 0.95);
  console.log(
    `  while ${calls} ${what} run one after the other: p50 ${fixed(percentile(times, 0.5), 1)} ms, p95 ${fixed(p95, 1)} ms, ${fixed(p95 / percentile(atRest, 0.95), 1)}× of that at rest`,
  );
}

await client.end();
await server.stop();
await database.stop();
