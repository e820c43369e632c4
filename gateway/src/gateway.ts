import type { Logger } from '@gastronom/shared/logger';
import { connectSharedState, type SharedState } from '@gastronom/shared/redis/shared-state';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { readSupergraph } from './composition.ts';
import type { GatewaySettings } from './env.ts';
import { createGraphqlServer } from './graphql/graphql-server.ts';
import { createHttpServer, type HttpServerOptions } from './http/http-server.ts';
import { createIdentify } from './identity/identity.ts';
import { createSessionVerifier } from './identity/session-token.ts';
import { sessionTokens } from './identity/session-tokens.ts';
import { RateLimits } from './limits/rate-limits.ts';
import type { SubgraphFleet } from './subgraph-fleet.ts';
import type { Place } from './workers/place.ts';

export interface Gateway {
  readonly url: string;
  /** Takes no new connections, and ends those that there are as their requests are answered. */
  drain(): Promise<void>;
  /** Lets requests in flight finish, refuses new ones, then closes the ways to the subgraphs. */
  stop(): Promise<void>;
}

/** Opens the public door to a fleet of subgraphs. */
export async function serveGateway(
  fleet: SubgraphFleet,
  options: Omit<HttpServerOptions, 'subgraphs' | 'transports'>,
): Promise<Gateway> {
  const { graphql, settings } = options;
  const server = await createHttpServer({ ...options, subgraphs: fleet.directory, transports: fleet.transports });
  const url = await server.listen({ host: settings.HOST, port: settings.PORT });
  return {
    url,
    drain: () => server.drain(),
    async stop() {
      await server.close();
      await graphql.apollo.stop();
      await fleet.close();
    },
  };
}

/**
 * The gateway over a fleet of subgraphs, wherever they run.
 * @param shared what it has in common with its replicas; nothing, unless given. It is left open.
 * @param place where this is one of several workers.
 */
export async function startGateway(
  fleet: SubgraphFleet,
  settings: GatewaySettings,
  logger: Logger,
  shared: SharedState = connectSharedState(undefined, logger),
  place?: Place,
): Promise<Gateway> {
  const graphql = await createGraphqlServer(await readSupergraph(), fleet.directory, settings, logger, shared);
  const identify = createIdentify(
    new SubgraphClient(fleet.directory, 'gateway'),
    createSessionVerifier(sessionTokens(settings, logger)),
    shared.broadcast,
  );
  return serveGateway(fleet, {
    graphql,
    identify,
    limits: new RateLimits(settings.allowances, shared.redis, logger, place?.countPoints),
    broadcast: shared.broadcast,
    settings,
    logger,
    place,
  });
}
