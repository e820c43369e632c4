import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import type { PriceTrackingContext } from './context.ts';
import { permissions } from './permissions.ts';
import { StoreResolver } from './store/store.resolver.ts';

export const buildPriceTrackingSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [StoreResolver],
    references: {
      Store: ({ id }, { loaders }: PriceTrackingContext) => loaders.stores.load(String(id)),
    },
    permissions,
  });
