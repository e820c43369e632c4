import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import type { OrdersContext } from './context.ts';
import { OrderResolver } from './order/order.resolver.ts';
import { permissions } from './permissions.ts';

export const buildOrdersSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [OrderResolver],
    references: { Order: ({ id }, { loaders }: OrdersContext) => loaders.orders.load(String(id)) },
    permissions,
  });
