import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import { NotificationChannelResolver } from './channel/notification-channel.resolver.ts';
import { NotificationChannelListResolver } from './channel/notification-channel-list.resolver.ts';
import { ExchangeFileResolver, ExchangeListResolver, ExchangeResolver } from './exchange/exchange.resolver.ts';
import { NotificationListResolver, NotificationResolver } from './notification/notification.resolver.ts';
import { OneCDeliveryResolver } from './one-c/one-c-delivery.resolver.ts';
import { OneCDeliveryListResolver } from './one-c/one-c-delivery-list.resolver.ts';
import { WebhookDeliveryResolver } from './outbound/webhook-delivery/webhook-delivery.resolver.ts';
import { WebhookDeliveryListResolver } from './outbound/webhook-delivery/webhook-delivery-list.resolver.ts';
import { WebhookEndpointResolver } from './outbound/webhook-endpoint/webhook-endpoint.resolver.ts';
import { WebhookEndpointListResolver } from './outbound/webhook-endpoint/webhook-endpoint-list.resolver.ts';
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
      WebhookEndpointResolver,
      WebhookEndpointListResolver,
      WebhookDeliveryResolver,
      WebhookDeliveryListResolver,
      NotificationChannelResolver,
      NotificationChannelListResolver,
      NotificationResolver,
      NotificationListResolver,
    ],
    permissions,
  });
