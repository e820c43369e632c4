import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { ExchangeFileEntity } from './exchange/exchange-file.entity.ts';
import { ExchangeSessionEntity } from './exchange/exchange-session.entity.ts';
import { ImageEntity } from './image/image.entity.ts';
import { Integrations1763683400000 } from './migrations/1763683400000-integrations.ts';
import { OneC1763683400001 } from './migrations/1763683400001-one-c.ts';
import { Exchange1763683400002 } from './migrations/1763683400002-exchange.ts';
import { Images1763683400003 } from './migrations/1763683400003-images.ts';
import { ExchangeSkus1763683400010 } from './migrations/1763683400010-exchange-skus.ts';
import { OneCDeliveryEntity } from './one-c/one-c-delivery.entity.ts';
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
  ],
  migrations: [
    Integrations1763683400000,
    OneC1763683400001,
    Exchange1763683400002,
    Images1763683400003,
    ExchangeSkus1763683400010,
  ],
};
