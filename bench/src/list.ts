// The storefront's list (20 goods with availability) through four gateways on the same goods, interleaved:
// the product in one process; our gateway over HTTP subgraphs; a stock Apollo gateway over the same; and, where
// `npm install --prefix DIR @graphql-hive/gateway` was run and DIR is given by --hive, Hive Gateway over the same.
// Usage: pnpm --filter bench run list [--seconds 6] [--rounds 3] [--goods 10000]
import { parseArgs } from 'node:util';
import { sealHeader } from '@gastronom/shared/sealed-call';
import autocannon from 'autocannon';
import { goods } from './goods.ts';
import { ask, startDatabase, startGraph } from './graph.ts';
import { startHive } from './hive.ts';
import { fixed, median } from './measure.ts';
import type { ServeOptions } from './serve.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { staticPass } from './static-pass.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '3' },
    goods: { type: 'string', default: '10000' },
    connections: { type: 'string', default: '16' },
    hive: { type: 'string' },
  },
});

interface Listed {
  readonly products: {
    readonly nodes: readonly { readonly availability: unknown }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

const listQuery = `query List($first: Int, $after: String) {
  products(first: $first, after: $after) {
    nodes { id sku name price { amount currencyCode } isAvailable availability { status availableOnline asOf isStale } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const mutation = `mutation Sync($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }`;

const database = await startDatabase();
const loader = await startGraph(database);
const all = goods(Number(values.goods));
for (let from = 0; from < all.length; from += 1_000)
  await ask(loader.url, mutation, { input: { source: 'bench', items: all.slice(from, from + 1_000) } }, loader.key);
// Two hundred different pages: shoppers do not all ask for the same one, and a gateway that shares equal requests in
// flight would be measured by that alone.
const bodies: string[] = [];
for (let after: string | null = null; bodies.length < 200; ) {
  const variables: Record<string, unknown> = { first: 20, after };
  bodies.push(JSON.stringify({ query: listQuery, variables }));
  const { products }: Listed = await ask<Listed>(loader.url, listQuery, variables);
  after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null;
}
await loader.stop();

const base: Omit<ServeOptions, 'mode'> = {
  databaseUrl: database.url,
  secret: database.secret,
  dataDir: database.dataDir,
  subgraphUrls: {},
};
const subgraphs = await startServer({ ...base, mode: 'subgraphs' });
const behind = { ...base, subgraphUrls: subgraphs.subgraphUrls ?? {} };
const contestants: [string, ServerProcess, boolean][] = [
  ['product, one process', await startServer({ ...base, mode: 'product' }), false],
  ['our gateway, subgraphs over HTTP', await startServer({ ...behind, mode: 'gateway' }), true],
  ['stock Apollo gateway, same subgraphs', await startServer({ ...behind, mode: 'stock' }), true],
];

if (values.hive)
  contestants.push(['Hive Gateway, same subgraphs', await startHive(values.hive, behind.subgraphUrls, 4319), true]);

interface Round {
  readonly perSecond: number;
  readonly p95: number;
  readonly gatewayCpu: number;
  readonly totalCpu: number;
}

const load = (url: string, duration: number) => {
  // Hive Gateway hands its pass on; the others do not look at it.
  const headers = { 'content-type': 'application/json', [sealHeader]: staticPass(database.secret) };
  const requests = bodies.map((body) => ({ method: 'POST' as const, path: '/graphql', headers, body }));
  // Each connection begins elsewhere in the list; otherwise all would ask for the same page at the same time.
  let connection = 0;
  const setupClient = (client: { setRequests(requests: unknown[]): void }) => {
    connection += 1;
    const start = (connection * 61) % requests.length;
    client.setRequests([...requests.slice(start), ...requests.slice(0, start)]);
  };
  return autocannon({
    url,
    requests,
    setupClient,
    connections: Number(values.connections),
    duration,
  } as autocannon.Options);
};

async function round(server: ServerProcess, remote: boolean): Promise<Round> {
  const cpu = () => Promise.all([server.cpuSeconds(), remote ? subgraphs.cpuSeconds() : 0]);
  const before = await cpu();
  const result = await load(server.url, Number(values.seconds));
  const after = await cpu();
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx + result.errors} requests failed`);
  const answered = result['2xx'] / 1_000;
  const gatewayCpu = (after[0] - before[0]) / answered;
  return {
    perSecond: result.requests.average,
    p95: result.latency.p97_5,
    gatewayCpu,
    totalCpu: gatewayCpu + (after[1] - before[1]) / answered,
  };
}

/** A contestant that answers quickly but not fully would be measured by its errors. */
async function check(name: string, url: string): Promise<void> {
  const headers = { 'content-type': 'application/json', [sealHeader]: staticPass(database.secret) };
  const response = await fetch(url, { method: 'POST', headers, body: bodies[7] ?? '' });
  const text = await response.text();
  const { data } = JSON.parse(text) as { data?: Listed };
  const whole = data?.products.nodes.filter((node) => node.availability !== null).length;
  if (whole !== 20) throw new Error(`${name} does not answer: ${text.slice(0, 300)}`);
}

const results = new Map<string, Round[]>();
for (const [name, server] of contestants) {
  await check(name, server.url);
  await load(server.url, 2);
}
for (let index = 0; index < Number(values.rounds); index += 1) {
  for (const [name, server, remote] of contestants)
    results.set(name, [...(results.get(name) ?? []), await round(server, remote)]);
}

const of = (name: string, figure: keyof Round) => median((results.get(name) ?? []).map((one) => one[figure]));
const stock = contestants[2]?.[0] ?? '';
console.log(
  `${all.length} goods, 20 a page, ${values.connections} connections, ${bodies.length} different pages, medians of ${values.rounds} interleaved rounds of ${values.seconds} s; processor time without PostgreSQL's`,
);
for (const [name] of contestants) {
  const total = of(name, 'totalCpu');
  console.log(
    `${name.padEnd(38)} ${fixed(of(name, 'perSecond'), 0).padStart(6)} req/s   p97.5 ${fixed(of(name, 'p95'), 0).padStart(4)} ms   gateway ${fixed(of(name, 'gatewayCpu'), 3)} CPU s/1,000   all ${fixed(total, 3)} CPU s/1,000   requests per CPU s, against stock ${fixed(of(stock, 'totalCpu') / total)}×`,
  );
}

await Promise.all([...contestants.map(([, server]) => server.stop()), subgraphs.stop()]);
await database.stop();
