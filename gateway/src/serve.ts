import { migrate } from '@gastronom/shared/database/migrate';
import { connectSharedState, type SharedState } from '@gastronom/shared/redis/shared-state';
import { developmentSecrets, internalSecret } from '@gastronom/shared/secrets';
import { loadDemoOnce } from './demo-catalogue.ts';
import { openDemoMarketOnce } from './demo-market.ts';
import { developmentServiceKey, ensureDemoIdentities, welcome } from './development.ts';
import { defaultPublicUrl, type GatewaySettings } from './env.ts';
import { startGateway } from './gateway.ts';
import { listenTrouble } from './http/listen-trouble.ts';
import { developmentToken } from './identity/development-token.ts';
import type { Given } from './prepare.ts';
import type { SubgraphFleet } from './subgraph-fleet.ts';
import type { Place } from './workers/place.ts';
import type { Served, Surroundings } from './workers/program.ts';
import { shareOut } from './workers/share-out.ts';

type GatewaySurroundings = Surroundings<GatewaySettings>;

/**
 * All subgraphs in this process, on the database given, which the first worker brings to its newest form. Imported here
 * alone, and only when wanted.
 */
async function localFleet(
  databaseUrl: string,
  { broadcast }: SharedState,
  { number, worksJobs }: Place,
  { settings, logger }: GatewaySurroundings,
): Promise<SubgraphFleet> {
  const [{ definitions }, { mountAll }] = await Promise.all([
    import('./subgraph-definitions.ts'),
    import('./one-process.ts'),
  ]);
  defaultPublicUrl(settings);
  const { DATABASE_URL_DIRECT: directUrl, DATABASE_POOL_SIZE: poolSize } = settings;
  const secret = internalSecret(settings);
  const databases = definitions.map((definition) => definition.database);
  if (number === 1) await migrate(databases, directUrl ?? databaseUrl, secret);
  return mountAll(definitions, { databaseUrl, directUrl, secret, poolSize, logger, broadcast, worksJobs });
}

async function remoteFleet(settings: GatewaySettings): Promise<SubgraphFleet> {
  const { connectAll } = await import('./remote-subgraphs.ts');
  return connectAll(settings, internalSecret(settings));
}

/** People, keys and goods to try the product with, and where it is. */
async function introduce(
  { isEmbedded }: Given,
  url: string,
  { directory }: SubgraphFleet,
  { settings, logger }: GatewaySurroundings,
): Promise<void> {
  if (settings.production || settings.clerk) return;
  const secrets = developmentSecrets(settings.DATA_DIR);
  await ensureDemoIdentities(directory, secrets, logger);
  if (isEmbedded && settings.DEMO_DATA) {
    const target = { url: `${url}/graphql`, dataDir: settings.DATA_DIR };
    await loadDemoOnce({ ...target, key: developmentServiceKey(secrets) });
    await openDemoMarketOnce({ ...target, token: await developmentToken(secrets, 'supplier', 60) });
  }
  process.stdout.write(await welcome(url.replace('127.0.0.1', 'localhost'), secrets));
}

/** The gateway, with the subgraphs in this process or the ways to them. */
export async function serve(given: Given, place: Place, whole: GatewaySurroundings): Promise<Served> {
  const settings = shareOut(whole.settings, place.workers);
  const surroundings = { ...whole, settings };
  const { logger, stops } = surroundings;
  const shared = connectSharedState(settings.REDIS_URL, logger, settings.REDIS_TIMEOUT_MS, place.broadcast);
  stops.push(() => shared.close());
  const fleet = given.databaseUrl
    ? await localFleet(given.databaseUrl, shared, place, surroundings)
    : await remoteFleet(settings);
  stops.push(() => fleet.close());
  const gateway = await startGateway(fleet, settings, logger, shared, place).catch((error: unknown) => {
    throw listenTrouble(error, settings.PORT);
  });
  stops.push(() => gateway.stop());
  return {
    url: gateway.url,
    drain: () => gateway.drain(),
    introduce: () => introduce(given, gateway.url, fleet, surroundings),
  };
}
