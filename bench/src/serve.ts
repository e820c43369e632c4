// One server under measurement, in a process of its own. Says where it listens, and how much processor time it has used.
// MODE: product (everything in this process), subgraphs (each on a port), gateway (ours over those), stock (Apollo's over those).
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readSupergraph } from '@gastronom/gateway/composition';
import { readGatewaySettings } from '@gastronom/gateway/env';
import { startGateway } from '@gastronom/gateway/gateway';
import { mountAll } from '@gastronom/gateway/one-process';
import { connectAll } from '@gastronom/gateway/remote-subgraphs';
import { definitions } from '@gastronom/gateway/subgraph-definitions';
import { createLogger } from '@gastronom/shared/logger';
import { sealHeader } from '@gastronom/shared/sealed-call';
import { addressVariable } from '@gastronom/shared/subgraph-addresses';
import { createSubgraphServer } from '@gastronom/shared/subgraph-server';
import { childrenBytes } from './processor-time.ts';
import { openSealOrPass, staticPass } from './static-pass.ts';
import { startStockGateway } from './stock-gateway.ts';

export interface ServeOptions {
  readonly mode: 'product' | 'subgraphs' | 'gateway' | 'stock';
  readonly databaseUrl: string;
  readonly secret: string;
  readonly dataDir: string;
  readonly subgraphUrls: Record<string, string>;
  /** Other settings of the gateway. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Counting costs a little: only where it is told. */
  readonly countsStatements?: boolean;
}

/** What the process has used so far. */
export interface Used {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  /** At its height, since the process began. */
  readonly mostResidentBytes: number;
  /** By how much timers come late, since this was last asked. */
  readonly loopDelayMs: { readonly p99: number; readonly max: number };
  /** SQL statements of subgraphs in this process, the job queue's own not counted. */
  readonly statements: number;
}

/** What the process holds on to. */
export interface Held {
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly residentBytes: number;
  /** Of its children: the process that plans. */
  readonly childrenBytes: number;
}

export type Served = { readonly url: string } & Partial<Pick<ServeOptions, 'subgraphUrls'>>;

const logger = createLogger('bench', 'warn');
const loopDelay = monitorEventLoopDelay({ resolution: 10 });
loopDelay.enable();
let statements = 0;
const countStatement = (): void => {
  statements += 1;
};

function used(): Used {
  const { user, system } = process.cpuUsage();
  const loopDelayMs = { p99: loopDelay.percentile(99) / 1e6, max: loopDelay.max / 1e6 };
  loopDelay.reset();
  return {
    cpuSeconds: (user + system) / 1e6,
    residentBytes: process.memoryUsage.rss(),
    mostResidentBytes: process.resourceUsage().maxRSS * 1_024,
    loopDelayMs,
    statements,
  };
}

async function serveSubgraphs({ databaseUrl, secret }: ServeOptions): Promise<Served> {
  const fleet = await mountAll(definitions, { databaseUrl, secret, poolSize: 10, logger });
  const subgraphUrls: Record<string, string> = {};
  for (const [name, transport] of fleet.transports) {
    const server = createSubgraphServer(transport, openSealOrPass(secret, name), logger);
    const origin = await server.listen({ host: '127.0.0.1', port: 0 });
    subgraphUrls[name] = `${origin}/graphql`;
  }
  return { url: '', subgraphUrls };
}

/** Nothing is added but the header that our subgraphs ask for. */
const serveStock = async ({ secret, subgraphUrls }: ServeOptions): Promise<Served> => ({
  url: await startStockGateway({
    supergraphSdl: await readSupergraph(),
    port: 0,
    urls: subgraphUrls,
    headers: { [sealHeader]: staticPass(secret) },
  }),
});

async function serve(options: ServeOptions): Promise<Served> {
  if (options.mode === 'subgraphs') return serveSubgraphs(options);
  if (options.mode === 'stock') return serveStock(options);
  const urls = Object.fromEntries(
    Object.entries(options.subgraphUrls).map(([name, url]) => [addressVariable(name), url]),
  );
  const settings = readGatewaySettings({
    PORT: '0',
    DATA_DIR: options.dataDir,
    LOG_LEVEL: 'warn',
    ...urls,
    ...options.settings,
  });
  const fleet =
    options.mode === 'gateway'
      ? connectAll(settings, options.secret)
      : await mountAll(definitions, {
          databaseUrl: options.databaseUrl,
          secret: options.secret,
          poolSize: 10,
          logger,
          ...(options.countsStatements ? { onStatement: countStatement } : {}),
        });
  const { url } = await startGateway(fleet, settings, logger);
  return { url: `${url}/graphql` };
}

/** Live memory, after all that nobody holds is gone: needs `--expose-gc`. */
async function heldBytes(): Promise<Held> {
  for (let pass = 0; pass < 3; pass += 1) globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapBytes: heapUsed, externalBytes: external, residentBytes: rss, childrenBytes: await childrenBytes() };
}

process.on('message', (message: ServeOptions | 'used' | 'held' | 'stop') => {
  if (message === 'stop') process.exit();
  if (message === 'used') {
    process.send?.(used());
    return;
  }
  if (message === 'held') {
    void heldBytes().then((held) => process.send?.(held));
    return;
  }
  void serve(message).then((served) => process.send?.(served));
});

// Whoever measures is gone.
process.on('disconnect', () => process.exit());
