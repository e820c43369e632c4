// The storefront's list (20 goods with availability) and its product page through gateways on the same goods, interleaved:
// the product in one process; our gateway over HTTP subgraphs; each without what one request can have of another, and as it
// comes; a stock Apollo gateway over the same; and, with --peers DIR (installed there the first time), Hive Gateway.
// Usage: pnpm --filter bench list [--seconds 6] [--rounds 3] [--goods 10000] [--pages list,product] [--warm 1000] [--peers DIR]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readSupergraph } from '@gastronom/gateway/composition';
import { sealHeader } from '@gastronom/shared/sealed-call';
import { goods } from './goods.ts';
import { sendGoods, startDatabase, startGraph } from './graph.ts';
import { load, warmUp } from './load.ts';
import { fixed, median } from './measure.ts';
import { nothingShared } from './nothing-shared.ts';
import { type Page, type PageKind, pagesOf } from './pages.ts';
import { installPeers, startHive } from './peers.ts';
import { freePort } from './program.ts';
import type { ServeOptions } from './serve.ts';
import { startServer } from './server-process.ts';
import { staticPass } from './static-pass.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '3' },
    goods: { type: 'string', default: '10000' },
    connections: { type: 'string', default: '16' },
    pages: { type: 'string', default: 'list,product' },
    warm: { type: 'string', default: '1000' },
    peers: { type: 'string' },
  },
});

interface Contestant {
  readonly name: string;
  readonly url: string;
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
  /** Whether the subgraphs' time comes on top. */
  readonly remote: boolean;
}

interface Round {
  readonly perSecond: number;
  readonly p97: number;
  readonly gatewayCpu: number;
  readonly totalCpu: number;
}

const database = await startDatabase();
const loader = await startGraph(database);
await sendGoods(loader, goods(Number(values.goods)));
// Two hundred different pages of each kind: shoppers do not all ask for the same one, and a gateway that shares equal
// requests in flight would be measured by that alone.
const pages = await pagesOf(loader.url, 200);
await loader.stop();

const base: Omit<ServeOptions, 'mode'> = {
  databaseUrl: database.url,
  secret: database.secret,
  dataDir: database.dataDir,
  subgraphUrls: {},
};
const subgraphs = await startServer({ ...base, mode: 'subgraphs' });
const behind = { ...base, subgraphUrls: subgraphs.subgraphUrls ?? {} };
const remote = true;
const serve = async (name: string, options: ServeOptions, isRemote: boolean): Promise<Contestant> => ({
  ...(await startServer(options)),
  name,
  remote: isRemote,
});
const settings = nothingShared;
const stock = await serve('stock Apollo gateway, same subgraphs', { ...behind, mode: 'stock' }, remote);
const contestants = [
  await serve('product, nothing shared', { ...base, settings, mode: 'product' }, false),
  await serve('product, as it comes', { ...base, mode: 'product' }, false),
  await serve('our gateway over HTTP, nothing shared', { ...behind, settings, mode: 'gateway' }, remote),
  await serve('our gateway over HTTP, as it comes', { ...behind, mode: 'gateway' }, remote),
  stock,
];
const folder = await mkdtemp(join(tmpdir(), 'gastronom-list-'));
if (values.peers) {
  let sdl = await readSupergraph();
  for (const [name, url] of Object.entries(behind.subgraphUrls))
    sdl = sdl.replace(new RegExp(`(@join__graph\\(name: "${name}", url: )"[^"]*"`), `$1"${url}"`);
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, sdl);
  const port = await freePort();
  const options = { peers: await installPeers(values.peers), supergraph, port, folder, handsOn: sealHeader };
  const hive = await startHive(options);
  const url = `http://127.0.0.1:${port}/graphql`;
  contestants.push({ ...hive, name: 'Hive Gateway, same subgraphs', url, remote });
}

// Hive Gateway hands its pass on; the others do not look at it.
const headers = { [sealHeader]: staticPass(database.secret) };
const connections = Number(values.connections);
const at = ({ url }: Contestant, asked: readonly Page[]) => ({
  url,
  bodies: asked.map((page) => JSON.stringify(page)),
  headers,
  connections,
});

async function round(contestant: Contestant, asked: readonly Page[]): Promise<Round> {
  const cpu = () => Promise.all([contestant.cpuSeconds(), contestant.remote ? subgraphs.cpuSeconds() : 0]);
  const before = await cpu();
  const result = await load({ ...at(contestant, asked), seconds: Number(values.seconds) });
  const after = await cpu();
  const answered = result['2xx'] / 1_000;
  const gatewayCpu = (after[0] - before[0]) / answered;
  return {
    perSecond: result.requests.average,
    p97: result.latency.p97_5,
    gatewayCpu,
    totalCpu: gatewayCpu + (after[1] - before[1]) / answered,
  };
}

/** A contestant that answers quickly but not fully would be measured by its errors. */
async function check({ name, url }: Contestant, page: Page): Promise<void> {
  const body = JSON.stringify(page);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  const { errors } = JSON.parse(text) as { errors?: unknown };
  if (errors || !text.includes('"availableOnline":') || text.includes('"availability":null'))
    throw new Error(`${name} does not answer: ${text.slice(0, 300)}`);
}

for (const kind of values.pages.split(',') as PageKind[]) {
  const asked = pages[kind];
  const results = new Map<string, Round[]>(contestants.map(({ name }) => [name, []]));
  for (const contestant of contestants) {
    await check(contestant, asked[7] ?? (asked[0] as Page));
    await warmUp(at(contestant, asked), Number(values.warm));
  }
  for (let index = 0; index < Number(values.rounds); index += 1)
    for (const contestant of contestants) results.get(contestant.name)?.push(await round(contestant, asked));

  const of = (name: string, figure: keyof Round) => median((results.get(name) ?? []).map((one) => one[figure]));
  console.log(
    `\n${kind}: ${values.goods} goods, ${connections} connections, ${asked.length} different pages, medians of ${values.rounds} interleaved rounds of ${values.seconds} s; processor time without PostgreSQL's`,
  );
  for (const { name } of contestants) {
    const total = of(name, 'totalCpu');
    console.log(
      `${name.padEnd(38)} ${fixed(of(name, 'perSecond'), 0).padStart(6)} req/s   p97.5 ${fixed(of(name, 'p97'), 0).padStart(4)} ms   gateway ${fixed(of(name, 'gatewayCpu'), 3)} CPU s/1,000   all ${fixed(total, 3)} CPU s/1,000   requests per CPU s, against stock ${fixed(of(stock.name, 'totalCpu') / total)}×`,
    );
  }
}

await Promise.all([...contestants.map((contestant) => contestant.stop()), subgraphs.stop()]);
await rm(folder, { recursive: true, force: true });
await database.stop();
