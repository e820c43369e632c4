import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import { ExchangeFileResolver, ExchangeListResolver, ExchangeResolver } from './exchange/exchange.resolver.ts';
import { OneCDeliveryResolver } from './one-c/one-c-delivery.resolver.ts';
import { OneCDeliveryListResolver } from './one-c/one-c-delivery-list.resolver.ts';
import { permissions } from './permissions.ts';
import { RejectedRowListResolver, RejectedRowResolver } from './sync/rejected-row.resolver.ts';
import { SyncBatchResolver } from './sync/sync-batch.resolver.ts';
import { SyncRunResolver } from './sync/sync-run.resolver.ts';
import { SyncRunListResolver } from './sync/sync-run-list.resolver.ts';

export const buildIntegrationsSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [
      SyncBatchResolver,
      SyncRunResolver,
      SyncRunListResolver,
      RejectedRowResolver,
      RejectedRowListResolver,
      OneCDeliveryResolver,
      OneCDeliveryListResolver,
      ExchangeResolver,
      ExchangeFileResolver,
      ExchangeListResolver,
    ],
    permissions,
  });
