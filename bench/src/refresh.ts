// Tracked pages refreshed by a worker of price tracking as it ships, in a process of its own, under the per-host limits:
// first all of them new, then all due again with one in ten changed and the others answering 304.
// Usage: pnpm --filter bench refresh [--pages 10000] [--hosts 200] [--kilobytes 400] [--latency 50] [--delay 1000]
//        [--concurrency 2] [--workers 1] [--profile FOLDER]
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startDatabase } from './graph.ts';
import { fixed } from './measure.ts';
import { processorSeconds } from './processor-time.ts';
import { freePort, type Program, startProgram } from './program.ts';
import { hostOf, type Politeness, type ShopHostsOptions } from './shop-hosts.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    pages: { type: 'string', default: '10000' },
    hosts: { type: 'string', default: '200' },
    kilobytes: { type: 'string', default: '400' },
    latency: { type: 'string', default: '50' },
    delay: { type: 'string', default: '1000' },
    concurrency: { type: 'string', default: '2' },
    workers: { type: 'string', default: '1' },
    profile: { type: 'string' },
  },
});
const pages = Number(values.pages);
const hosts = Number(values.hosts);
const delayMs = Number(values.delay);

const database = await startDatabase();
const client = new pg.Client({ connectionString: database.url, options: '-c search_path=price_tracking,extensions' });
await client.connect();

async function startShops(options: ShopHostsOptions): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL('./shop-hosts.js', import.meta.url)));
  child.send(options);
  const [port] = (await once(child, 'message')) as [number];
  return { child, port };
}

const shops = await startShops({ hosts, kilobytes: Number(values.kilobytes), latencyMs: Number(values.latency) });

async function politeness(): Promise<Politeness> {
  const told = once(shops.child, 'message');
  shops.child.send('tell');
  return ((await told) as [Politeness])[0];
}

/** One owner, a store for each host, a product for each page. Nothing is due yet. */
async function insertPages(): Promise<void> {
  const addresses = Array.from({ length: hosts }, (_, place) => `${hostOf(place)}:${shops.port}`);
  await client.query(
    `WITH host AS (SELECT * FROM unnest($1::text[]) WITH ORDINALITY AS host(name, place)),
     store AS (
       INSERT INTO stores (owner_id, name, slug)
       SELECT '00000000-0000-4000-8000-000000000001', name, 'shop-' || place FROM host RETURNING id, name),
     product AS (
       INSERT INTO tracked_products (owner_id, name)
       SELECT '00000000-0000-4000-8000-000000000001', number::text FROM generate_series(1, $2) AS number
       RETURNING id, name::int AS number)
     INSERT INTO tracked_urls (owner_id, product_id, store_id, url, host, is_primary)
     SELECT '00000000-0000-4000-8000-000000000001', product.id, store.id,
       'http://' || host.name || '/p/' || product.number, host.name, true
     FROM product JOIN host ON host.place = product.number % $3 + 1 JOIN store ON store.name = host.name`,
    [addresses, pages, hosts],
  );
  await client.query('VACUUM (ANALYZE)');
}

const startWorker = async (): Promise<Program> => {
  const metricsPort = await freePort();
  const flags = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [];
  return startProgram({
    command: process.execPath,
    args: [...flags, fileURLToPath(new URL('../../subgraphs/price-tracking/dist/main.js', import.meta.url))],
    env: {
      SERVE: 'jobs',
      LOG_LEVEL: 'warn',
      DATABASE_URL: database.url,
      INTERNAL_SECRET: database.secret,
      ALLOW_PRIVATE_ADDRESSES: '127.1.0.0/16',
      FETCH_DELAY_MS: values.delay,
      FETCH_CONCURRENCY: values.concurrency,
      METRICS_PORT: String(metricsPort),
    },
    ready: `http://127.0.0.1:${metricsPort}/metrics`,
  });
};

/** The most that a process has held in memory so far. */
async function mostMegabytes({ pid }: Program): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

interface Checks {
  readonly checks: number;
  readonly ok: number;
  readonly seconds: number;
  readonly waited: number;
  readonly fetched: number;
  readonly megabytes: number;
}

async function checksSince(since: Date): Promise<Checks> {
  const { rows } = await client.query<Checks>(
    `SELECT count(*)::int AS checks, (count(*) FILTER (WHERE outcome = 'OK'))::int AS ok,
       extract(epoch FROM max(checked_at) - min(checked_at))::float8 AS seconds, sum(waited_ms)::float8 / 1000 AS waited,
       sum(fetched_ms)::float8 / 1000 AS fetched, sum(bytes)::float8 / 1048576 AS megabytes
     FROM url_checks WHERE checked_at >= $1`,
    [since],
  );
  return rows[0] as Checks;
}

async function measure(what: string, workers: readonly Program[]): Promise<void> {
  await politeness();
  const cpu = async () => Promise.all(workers.map((worker) => worker.cpuSeconds()));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const [ownBefore, baseBefore] = [sum(await cpu()), await processorSeconds(database.pid)];
  const since = new Date();
  // As somebody asks for a whole store: the cron of the job looks within a minute.
  await client.query('UPDATE tracked_urls SET next_check_at = $1, requested_at = NULL', [since]);
  const limit = Date.now() + 3_600_000;
  for (let done = 0; done < pages; await sleep(1_000)) {
    done = (await checksSince(since)).checks;
    if (Date.now() > limit) throw new Error(`${done} of ${pages} pages after an hour`);
  }
  const { ok, seconds, waited, fetched, megabytes } = await checksSince(since);
  const [own, base] = [sum(await cpu()) - ownBefore, (await processorSeconds(database.pid)) - baseBefore];
  const polite = await politeness();
  const memory = await Promise.all(workers.map(mostMegabytes));
  const atBest = delayMs > 0 ? hosts / (delayMs / 1_000) : Number.POSITIVE_INFINITY;
  console.log(`${what}: ${ok} of ${pages} pages OK in ${fixed(seconds, 1)} s`);
  console.log(
    `  ${fixed(pages / seconds, 1)} pages/s (the limits alone allow ${fixed(atBest, 0)}), ${fixed(megabytes, 0)} MB`,
  );
  console.log(
    `  processor: worker ${fixed((own / pages) * 1_000, 1)} ms a page, ${fixed(own / seconds, 2)} cores; PostgreSQL ${fixed((base / pages) * 1_000, 1)} ms a page`,
  );
  console.log(`  memory: ${memory.map((size) => `${fixed(size, 0)} MB`).join(', ')} at the most`);
  console.log(
    `  ${fixed((100 * waited) / (waited + fetched), 1)} % of a page's time is waiting on limits: ${fixed(waited / pages)} s beside ${fixed(fetched / pages)} s of fetching`,
  );
  console.log(
    `  the shops saw ${polite.pages} pages, ${polite.unchanged} times 304, ${polite.robots} robots.txt, at the most ${polite.mostAtATime} requests at a time, ${polite.mostAtATimeOfAHost} of one host, ${fixed(polite.leastGapMs, 0)} ms apart at the least`,
  );
}

await insertPages();
console.log(
  `${pages} pages of ${values.kilobytes} kB on ${hosts} hosts that answer after ${values.latency} ms; ${delayMs} ms between requests to a host, ${values.concurrency} at a time; ${values.workers} worker(s)`,
);
const workers: Program[] = [];
for (let count = 0; count < Number(values.workers); count += 1) workers.push(await startWorker());
await measure('all new', workers);
shops.child.send('change');
await measure('one in ten changed', workers);
for (const worker of workers) await worker.stop();
shops.child.disconnect();
await client.end();
await database.stop();
