import { z } from 'zod';
import { isPooled, subgraphDataSource, subgraphUrl } from './database/subgraph-database.ts';
import { logLevelOf, type ProcessSettings, processSettings, readSettings, SettingError } from './env.ts';
import { Jobs, jobsName } from './jobs/job-queue.ts';
import { mountSubgraph } from './local-subgraph.ts';
import { createLogger } from './logger.ts';
import { serveMetrics } from './metrics/metrics-server.ts';
import { connectSharedState } from './redis/shared-state.ts';
import { remoteSubgraph } from './remote-subgraph.ts';
import { createSeal, createSealOpener } from './sealed-call.ts';
import { internalSecret } from './secrets.ts';
import type { SubgraphDefinition, SubgraphDirectory, SubgraphTransport } from './subgraph.ts';
import {
  addressVariables,
  remoteSubgraphUrl,
  type SubgraphName,
  subgraphNames,
  subgraphPorts,
} from './subgraph-addresses.ts';
import { createSubgraphServer } from './subgraph-server.ts';

const serverSettings = processSettings.extend({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** `http` answers, `jobs` works off the queue; a subgraph does both unless its worker has a process of its own. */
  SERVE: z.enum(['both', 'http', 'jobs']).default('both'),
  SUBGRAPH_TIMEOUT_MS: z.coerce.number().int().positive().default(10_000),
  ...addressVariables,
});

/** Workers are woken by LISTEN, which a transaction pooler does not carry. */
const jobsUrl = (settings: ProcessSettings, secret: string): string =>
  subgraphUrl(settings.DATABASE_URL_DIRECT ?? databaseUrl(settings), secret, jobsName);

function databaseUrl(settings: ProcessSettings): string {
  if (settings.DATABASE_URL) return settings.DATABASE_URL;
  throw new SettingError(
    'DATABASE_URL: a subgraph in its own process needs the address of a PostgreSQL (postgres://user:password@host/database).',
  );
}

/** The ways to the other subgraphs, each in a process of its own. */
function remoteSubgraphs(settings: z.infer<typeof serverSettings>, secret: string, stops: Stop[]): SubgraphDirectory {
  const seal = createSeal(secret);
  const timeoutMs = settings.SUBGRAPH_TIMEOUT_MS;
  const remotes = new Map<string, SubgraphTransport>(
    subgraphNames.map((name) => [
      name,
      remoteSubgraph({ name, url: remoteSubgraphUrl(name, settings), timeoutMs, seal }),
    ]),
  );
  for (const remote of remotes.values()) stops.push(() => remote.close());
  return (name) => {
    const transport = remotes.get(name);
    if (!transport) throw new Error(`there is no subgraph ${name}`);
    return transport;
  };
}

type Stop = () => Promise<void>;

async function serve(definition: SubgraphDefinition, stops: Stop[]): Promise<void> {
  const settings = readSettings(serverSettings);
  const logger = createLogger(definition.name, logLevelOf(settings));
  const secret = internalSecret(settings);
  const metrics = await serveMetrics(settings, logger);
  stops.push(async () => metrics?.close());
  const dataSource = await subgraphDataSource(definition.database, {
    url: subgraphUrl(databaseUrl(settings), secret, definition.name),
    poolSize: settings.DATABASE_POOL_SIZE,
    isPooled: isPooled(settings.DATABASE_URL, settings.DATABASE_URL_DIRECT),
  });
  stops.push(async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
  });
  const subgraphs = remoteSubgraphs(settings, secret, stops);
  const works = settings.SERVE !== 'http';
  const jobs = await Jobs.start({ url: jobsUrl(settings, secret), logger, works });
  stops.push(() => jobs.stop());
  const shared = connectSharedState(settings.REDIS_URL, logger, settings.REDIS_TIMEOUT_MS);
  stops.push(() => shared.close());
  const environment = { dataSource, subgraphs, jobs, broadcast: shared.broadcast, logger };
  const mounted = await mountSubgraph(definition, environment);
  // Jobs end before what they live on.
  stops.splice(-1, 0, () => mounted.close());
  if (works) await jobs.work(definition.createWorker?.(environment) ?? []);
  const server = createSubgraphServer(mounted, createSealOpener(secret, definition.name), logger);
  stops.push(() => server.close());
  const port = settings.PORT ?? subgraphPorts[definition.name as SubgraphName];
  if (settings.SERVE === 'jobs') logger.info('working');
  else logger.info({ url: await server.listen({ host: settings.HOST, port }) }, 'listening');
}

/** Runs one subgraph as a process of its own, behind a gateway with `SUBGRAPHS=remote`. */
export async function runSubgraph(definition: SubgraphDefinition): Promise<void> {
  const stops: Stop[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).toReversed()) await step();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  try {
    await serve(definition, stops);
  } catch (error) {
    await stop();
    throw error;
  }
}
