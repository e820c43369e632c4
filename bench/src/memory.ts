// Whether the product in one process grows: so many operations of which no two are alike (in their text, in their
// variables, under a hash of their own), then pages at a steady rate for so many minutes. What is held is read after a
// collection; the growth is that of the last half, when caches are full.
// Usage: pnpm --filter bench memory [--operations 1000000] [--minutes 60] [--rate 50] [--goods 2000] [--readings 20]
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { takeTurns } from './at-rate.ts';
import { goods } from './goods.ts';
import { sendGoods, startDatabase, startGraph } from './graph.ts';
import { fixed, slope } from './measure.ts';
import { pagesOf } from './pages.ts';
import { startServer } from './server-process.ts';
import { Shoppers } from './shoppers.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    operations: { type: 'string', default: '1000000' },
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '50' },
    goods: { type: 'string', default: '2000' },
    readings: { type: 'string', default: '20' },
    callers: { type: 'string', default: '16' },
  },
});

const database = await startDatabase();
const loader = await startGraph(database);
await sendGoods(loader, goods(Number(values.goods)));
const pages = await pagesOf(loader.url, 100);
await loader.stop();
const { url: databaseUrl, secret, dataDir } = database;
// How long answers take is not asked: a machine that is busy with other things loses none.
const settings = { SUBGRAPH_TIMEOUT_MS: '600000', OPERATION_TIMEOUT_MS: '600000' };
const options = { mode: 'product', databaseUrl, secret, dataDir, subgraphUrls: {}, settings } as const;
const server = await startServer(options, ['--expose-gc']);
const shoppers = new Shoppers(server.url);
const skus = pages.product.map(({ variables }) => String(variables.sku));

/** No operation comes twice. */
function distinct(number: number): Record<string, unknown> {
  const sku = skus[number % skus.length] ?? '';
  const text = `query Q${number} { p${number}: product(sku: "${sku}") { name availability { status } } }`;
  const sha256Hash = createHash('sha256').update(text).digest('hex');
  const kinds = [
    { query: text },
    { query: 'query One($sku: String!) { product(sku: $sku) { name } }', variables: { sku: `${sku}-${number}` } },
    { query: text, extensions: { persistedQuery: { version: 1, sha256Hash } } },
  ];
  return kinds[number % kinds.length] ?? {};
}

interface Reading {
  /** Operations, or minutes. */
  readonly at: number;
  readonly heapBytes: number;
}

async function read(at: number, unit: string): Promise<Reading> {
  const { heapBytes, externalBytes, residentBytes, childrenBytes } = await server.held();
  const megabytes = (bytes: number) => fixed(bytes / 1e6, 1).padStart(7);
  console.log(
    `${fixed(at, unit === 'minutes' ? 1 : 0).padStart(9)} ${unit}: heap ${megabytes(heapBytes)} MB, outside it ${megabytes(externalBytes)} MB, resident ${megabytes(residentBytes)} MB, the planner ${megabytes(childrenBytes)} MB`,
  );
  return { at, heapBytes: heapBytes + externalBytes };
}

/** By how much it grew for each step of the last half. */
function tellGrowth(readings: readonly Reading[], unit: string, many: number): void {
  const late = readings.slice(Math.floor(readings.length / 2));
  const growth = slope(late.map(({ at, heapBytes }) => [at, heapBytes]));
  console.log(`growth over the last half: ${fixed((growth * many) / 1e6)} MB for ${many} ${unit}`);
}

async function askDistinct(operations: number): Promise<void> {
  const readings = [await read(0, 'operations')];
  const step = Math.ceil(operations / Number(values.readings));
  let next = 0;
  const caller = async (until: number) => {
    while (next < until) {
      next += 1;
      await shoppers.ask(distinct(next));
    }
  };
  for (let until = step; until < operations + step; until += step) {
    const upTo = Math.min(until, operations);
    await Promise.all(Array.from({ length: Number(values.callers) }, () => caller(upTo)));
    readings.push(await read(upTo, 'operations'));
  }
  tellGrowth(readings, 'operations', 1_000_000);
}

async function shop(minutes: number): Promise<void> {
  const readings = [await read(0, 'minutes')];
  const turns = Math.ceil((minutes * 60 * Number(values.rate)) / Number(values.readings));
  for (let index = 1; index <= Number(values.readings); index += 1) {
    await takeTurns({ rate: Number(values.rate), turns }, async (turn) => {
      await shoppers.open(pages, index * turns + turn);
    });
    readings.push(await read((minutes * index) / Number(values.readings), 'minutes'));
  }
  tellGrowth(readings, 'minutes', 60);
}

if (Number(values.operations) > 0) await askDistinct(Number(values.operations));
if (Number(values.minutes) > 0) await shop(Number(values.minutes));

await shoppers.close();
await server.stop();
await database.stop();
