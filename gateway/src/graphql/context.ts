import type { SubgraphRequest } from '@gastronom/shared/subgraph';

/** What each operation carries through the gateway to the subgraphs. */
export interface GatewayContext extends SubgraphRequest {}
