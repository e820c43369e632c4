import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { NotificationAttemptEntity } from './channel/notification-attempt.entity.ts';
import { NotificationChannelEntity } from './channel/notification-channel.entity.ts';
import { ExchangeFileEntity } from './exchange/exchange-file.entity.ts';
import { ExchangeSessionEntity } from './exchange/exchange-session.entity.ts';
import { ImageEntity } from './image/image.entity.ts';
import { Integrations1763683400000 } from './migrations/1763683400000-integrations.ts';
import { OneC1763683400001 } from './migrations/1763683400001-one-c.ts';
import { Exchange1763683400002 } from './migrations/1763683400002-exchange.ts';
import { Images1763683400003 } from './migrations/1763683400003-images.ts';
import { ExchangeSkus1763683400010 } from './migrations/1763683400010-exchange-skus.ts';
import { Webhooks1763683410000 } from './migrations/1763683410000-webhooks.ts';
import { Notifications1763683420000 } from './migrations/1763683420000-notifications.ts';
import { AttemptsOfNotification1763683420001 } from './migrations/1763683420001-attempts-of-notification.ts';
import { NotificationEntity } from './notification/notification.entity.ts';
import { OneCDeliveryEntity } from './one-c/one-c-delivery.entity.ts';
import { WebhookAttemptEntity } from './outbound/webhook-delivery/webhook-attempt.entity.ts';
import { WebhookDeliveryEntity } from './outbound/webhook-delivery/webhook-delivery.entity.ts';
import { WebhookEndpointEntity } from './outbound/webhook-endpoint/webhook-endpoint.entity.ts';
import { RejectedRowEntity } from './sync/rejected-row.entity.ts';
import { SyncBatchEntity } from './sync/sync-batch.entity.ts';
import { SyncRunEntity } from './sync/sync-run.entity.ts';

export const integrationsDatabase: SubgraphDatabase = {
  name: 'integrations',
  entities: [
    SyncRunEntity,
    SyncBatchEntity,
    RejectedRowEntity,
    OneCDeliveryEntity,
    ImageEntity,
    ExchangeSessionEntity,
    ExchangeFileEntity,
    WebhookEndpointEntity,
    WebhookDeliveryEntity,
    WebhookAttemptEntity,
    NotificationChannelEntity,
    NotificationAttemptEntity,
    NotificationEntity,
  ],
  migrations: [
    Integrations1763683400000,
    OneC1763683400001,
    Exchange1763683400002,
    Images1763683400003,
    ExchangeSkus1763683400010,
    Webhooks1763683410000,
    Notifications1763683420000,
    AttemptsOfNotification1763683420001,
  ],
};
