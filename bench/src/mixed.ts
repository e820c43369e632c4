// What shoppers wait for while a sync runs: so many pages a second fall due (list, category, search, product; each counts
// from when it was due), at rest and while rows are synced through the public mutation of the same process.
// Usage: pnpm --filter bench mixed [--rate 200] [--seconds 30] [--goods 100000] [--rows 100000] [--changed 20] [--callers 2]
//   [--set GIVE_WAY_SECONDS=0]
import { parseArgs } from 'node:util';
import { takeTurns } from './at-rate.ts';
import { goods } from './goods.ts';
import { sendGoods, startDatabase, startGraph } from './graph.ts';
import { fixed, percentile } from './measure.ts';
import { type PageKind, pagesOf } from './pages.ts';
import { processorSeconds } from './processor-time.ts';
import { startServer } from './server-process.ts';
import { Shoppers } from './shoppers.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' },
    goods: { type: 'string', default: '100000' },
    rows: { type: 'string', default: '100000' },
    changed: { type: 'string', default: '20' },
    callers: { type: 'string', default: '2' },
    set: { type: 'string', multiple: true, default: [] },
  },
});

const rate = Number(values.rate);
const database = await startDatabase();
const loader = await startGraph(database);
const all = goods(Number(values.goods));
await sendGoods(loader, all);
const pages = await pagesOf(loader.url, 200);
await loader.stop();
const { url: databaseUrl, secret, dataDir } = database;
const settings = Object.fromEntries(values.set.map((one) => one.split('=', 2)));
const server = await startServer({ mode: 'product', databaseUrl, secret, dataDir, subgraphUrls: {}, settings });
const shoppers = new Shoppers(server.url);

interface Opened {
  readonly kind: PageKind;
  readonly ms: number;
}

/** Opens pages until told to stop, and says how long they took. */
async function shop(what: string, until: () => boolean): Promise<void> {
  const opened: Opened[] = [];
  const cpu = () => Promise.all([server.cpuSeconds(), processorSeconds(database.pid)]);
  const before = await cpu();
  const paced = await takeTurns({ rate, until }, async (turn, due) => {
    const kind = await shoppers.open(pages, turn);
    opened.push({ kind, ms: performance.now() - due });
  });
  const after = await cpu();
  const told = (kind?: PageKind) => {
    const times = opened.filter((one) => !kind || one.kind === kind).map(({ ms }) => ms);
    return [0.5, 0.95, 0.99].map((share) => fixed(percentile(times, share), 1)).join(' / ');
  };
  console.log(`${what}: ${opened.length} pages in ${fixed(paced.seconds, 1)} s, p50 / p95 / p99 ${told()} ms`);
  for (const kind of ['list', 'category', 'search', 'product'] as const)
    console.log(`  ${kind.padEnd(8)} ${told(kind)} ms`);
  const cores = (place: 0 | 1) => fixed((after[place] - before[place]) / paced.seconds);
  console.log(
    `  cores: server ${cores(0)}, PostgreSQL ${cores(1)}; the load itself was late by ${fixed(paced.latestMs, 0)} ms at most`,
  );
}

const forSeconds = (seconds: number) => {
  const end = performance.now() + seconds * 1_000;
  return () => performance.now() > end;
};

console.log(`${values.goods} goods, ${rate} pages a second, the product in one process`);
await shop('warming up', forSeconds(Number(values.seconds) / 2));
await shop('at rest', forSeconds(Number(values.seconds)));

/** Some are dearer than before; the others are as they were, and a sync sees them all the same. */
const rows = all
  .slice(0, Number(values.rows))
  .map((good, index) => (index % Number(values.changed) === 0 ? { ...good, price: '1234.00' } : good));
let synced: number | undefined;
const from = performance.now();
const share = Math.ceil(rows.length / Number(values.callers));
const callers = Array.from({ length: Number(values.callers) }, (_, place) =>
  sendGoods({ url: server.url, key: loader.key }, rows.slice(place * share, (place + 1) * share)),
);
const sync = Promise.all(callers).finally(() => {
  synced = performance.now();
});
await shop(`while ${rows.length} rows are synced, one in ${values.changed} changed`, () => synced !== undefined);
await sync;
const seconds = ((synced ?? Number.NaN) - from) / 1_000;
console.log(`  the sync took ${fixed(seconds, 1)} s, ${fixed(rows.length / seconds, 0)} rows/s`);

await shoppers.close();
await server.stop();
await database.stop();
