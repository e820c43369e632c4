import { readFile } from 'node:fs/promises';
import { SettingError } from '@gastronom/shared/env';
import type { Logger } from '@gastronom/shared/logger';
import { connectSharedState } from '@gastronom/shared/redis/shared-state';
import { anonymous } from '@gastronom/shared/viewer';
import type { GatewaySettings } from '../env.ts';
import { type Gateway, serveGateway } from '../gateway.ts';
import { createGraphqlServer } from '../graphql/graphql-server.ts';
import { RateLimits } from '../limits/rate-limits.ts';
import { fleetOf, type SubgraphFleet } from '../subgraph-fleet.ts';
import type { Place } from '../workers/place.ts';
import { foreignSubgraph } from './foreign-subgraph.ts';
import { routedSubgraphs } from './routed-subgraphs.ts';

/** Reads the file that is to be a supergraph. */
export async function readSupergraphFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new SettingError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/**
 * The product's gateway over other people's subgraphs: everybody is nobody, and the client's `Authorization` goes no
 * further than here, since it was never meant for addresses that a file names.
 */
export async function startSupergraphGateway(
  supergraphSdl: string,
  file: string,
  settings: GatewaySettings,
  logger: Logger,
  place?: Place,
): Promise<Gateway> {
  const subgraphs = routedSubgraphs(supergraphSdl, file);
  const fleet = fleetOf(new Map(subgraphs.map((each) => [each.name, foreignSubgraph(each, settings, logger)])));
  return startFleetGateway(supergraphSdl, fleet, settings, logger, place);
}

/** The same over ways to subgraphs that are there already. */
export async function startFleetGateway(
  supergraphSdl: string,
  fleet: SubgraphFleet,
  settings: GatewaySettings,
  logger: Logger,
  place?: Place,
): Promise<Gateway> {
  const shared = connectSharedState(undefined, logger, undefined, place?.broadcast);
  const graphql = await createGraphqlServer(supergraphSdl, fleet.directory, settings, logger, shared);
  return serveGateway(fleet, {
    graphql,
    identify: async () => anonymous,
    limits: new RateLimits({ ip: 0, user: 0, key: 0 }, undefined, logger),
    broadcast: shared.broadcast,
    settings,
    logger,
    place,
  });
}
