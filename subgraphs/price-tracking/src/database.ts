import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { PricePointEntity } from './history/price-point.entity.ts';
import { PriceTracking1763683460000 } from './migrations/1763683460000-price-tracking.ts';
import { StoreEntity } from './store/store.entity.ts';
import { StoreDomainEntity } from './store/store-domain.entity.ts';
import { TrackedProductEntity } from './tracked-product/tracked-product.entity.ts';
import { TrackedUrlEntity } from './tracked-url/tracked-url.entity.ts';

export const priceTrackingDatabase: SubgraphDatabase = {
  name: 'price-tracking',
  entities: [StoreEntity, StoreDomainEntity, TrackedProductEntity, TrackedUrlEntity, PricePointEntity],
  migrations: [PriceTracking1763683460000],
};
