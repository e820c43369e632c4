import { startEmbeddedPostgres } from '@gastronom/shared/database/embedded-postgres';
import { migrate } from '@gastronom/shared/database/migrate';
import { logLevelOf } from '@gastronom/shared/env';
import { createLogger, type Logger } from '@gastronom/shared/logger';
import { serveMetrics } from '@gastronom/shared/metrics/metrics-server';
import { connectSharedState, type SharedState } from '@gastronom/shared/redis/shared-state';
import { start } from '@gastronom/shared/run-subgraph';
import { developmentSecrets, internalSecret } from '@gastronom/shared/secrets';
import { loadDemoOnce } from './demo-catalogue.ts';
import { openDemoMarketOnce } from './demo-market.ts';
import { developmentServiceKey, ensureDemoIdentities, welcome } from './development.ts';
import { defaultPublicUrl, type GatewaySettings, readGatewaySettings } from './env.ts';
import { startGateway } from './gateway.ts';
import { listenTrouble } from './http/listen-trouble.ts';
import { developmentToken } from './identity/development-token.ts';
import type { SubgraphFleet } from './subgraph-fleet.ts';

type Stop = () => Promise<void>;

/** All subgraphs in this process, on the database given or on an embedded one. Imported here alone, and only when wanted. */
async function localFleet(
  settings: GatewaySettings,
  logger: Logger,
  { broadcast }: SharedState,
  stops: Stop[],
): Promise<SubgraphFleet> {
  const [{ definitions }, { mountAll }] = await Promise.all([
    import('./subgraph-definitions.ts'),
    import('./one-process.ts'),
  ]);
  defaultPublicUrl(settings);
  const secret = internalSecret(settings);
  let databaseUrl = settings.DATABASE_URL;
  if (!databaseUrl) {
    const password = developmentSecrets(settings.DATA_DIR).databasePassword;
    const postgres = await startEmbeddedPostgres({ dataDir: settings.DATA_DIR, password });
    stops.push(() => postgres.stop());
    databaseUrl = postgres.url;
  }
  const databases = definitions.map((definition) => definition.database);
  await migrate(databases, settings.DATABASE_URL_DIRECT ?? databaseUrl, secret);
  const directUrl = settings.DATABASE_URL_DIRECT;
  const poolSize = settings.DATABASE_POOL_SIZE;
  return mountAll(definitions, { databaseUrl, directUrl, secret, poolSize, logger, broadcast });
}

async function remoteFleet(settings: GatewaySettings): Promise<SubgraphFleet> {
  const { connectAll } = await import('./remote-subgraphs.ts');
  return connectAll(settings, internalSecret(settings));
}

function stopOnSignals(stops: Stop[], logger: Logger): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    for (const step of stops.toReversed()) await step();
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, (name) => void stop(name));
}

async function run(): Promise<void> {
  const settings = readGatewaySettings();
  const logger = createLogger('gateway', logLevelOf(settings));
  const stops: Stop[] = [];
  stopOnSignals(stops, logger);
  try {
    const shared = connectSharedState(settings.REDIS_URL, logger, settings.REDIS_TIMEOUT_MS);
    stops.push(() => shared.close());
    const metrics = await serveMetrics(settings, logger);
    stops.push(async () => metrics?.close());
    const fleet = settings.remote ? await remoteFleet(settings) : await localFleet(settings, logger, shared, stops);
    stops.push(() => fleet.close());
    const gateway = await startGateway(fleet, settings, logger, shared).catch((error: unknown) => {
      throw listenTrouble(error, settings.PORT);
    });
    stops.push(() => gateway.stop());
    logger.info({ url: gateway.url }, 'listening');
    if (settings.production || settings.clerk) return;
    const secrets = developmentSecrets(settings.DATA_DIR);
    await ensureDemoIdentities(fleet.directory, secrets, logger);
    const ownDatabase = !settings.remote && !settings.DATABASE_URL;
    if (ownDatabase && settings.DEMO_DATA) {
      const target = { url: `${gateway.url}/graphql`, dataDir: settings.DATA_DIR };
      await loadDemoOnce({ ...target, key: developmentServiceKey(secrets) });
      await openDemoMarketOnce({ ...target, token: await developmentToken(secrets, 'supplier', 60) });
    }
    process.stdout.write(await welcome(gateway.url.replace('127.0.0.1', 'localhost'), secrets));
  } catch (error) {
    for (const step of stops.toReversed()) await step();
    throw error;
  }
}

start(run);
