// Our gateway with the four subgraphs in its own process, run as the product runs its own: `serve-in-process.js PORT`.

import { fleetOf } from '@gastronom/gateway/subgraph-fleet';
import { readSupergraphSettings } from '@gastronom/gateway/supergraph-mode/env';
import { startFleetGateway } from '@gastronom/gateway/supergraph-mode/supergraph-gateway';
import { mountSubgraph } from '@gastronom/shared/local-subgraph';
import { createLogger } from '@gastronom/shared/logger';
import type { SubgraphDefinition, SubgraphEnvironment, SubgraphTransport } from '@gastronom/shared/subgraph';
import { type FederationSubgraph, subgraphNames, subgraphSchema, typeDefs } from './subgraphs.ts';
import { supergraphOf } from './supergraph.ts';

const logger = createLogger('bench', 'warn');

/** A subgraph of the product has a database, jobs and rights; these have what is asked of them and no more. */
const definitionOf = (name: FederationSubgraph) =>
  ({
    name,
    buildSchema: async () => ({ schema: subgraphSchema(name), sdl: typeDefs[name], permissions: {} }),
    createContext: () => (request: object) => request,
  }) as unknown as SubgraphDefinition;
const environment = { dataSource: { query: async () => [], isInitialized: false }, logger } as unknown;

const transports = new Map<string, SubgraphTransport>();
for (const name of subgraphNames)
  transports.set(name, await mountSubgraph(definitionOf(name), environment as SubgraphEnvironment));
const nowhere = 'http://127.0.0.1:9/graphql';
const supergraphSdl = supergraphOf({ accounts: nowhere, inventory: nowhere, products: nowhere, reviews: nowhere });
await startFleetGateway(supergraphSdl, fleetOf(transports), readSupergraphSettings(process.argv[2]), logger);
