import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { PriceAlertEntity } from './alert/price-alert.entity.ts';
import { RaisedPriceAlertEntity } from './alert/raised-price-alert.entity.ts';
import { PricePointEntity } from './history/price-point.entity.ts';
import { PriceTracking1763683460000 } from './migrations/1763683460000-price-tracking.ts';
import { FoundPages1763683461100 } from './migrations/1763683461100-found-pages.ts';
import { PriceCaches1763683461300 } from './migrations/1763683461300-price-caches.ts';
import { PriceAlert1763683461400 } from './migrations/1763683461400-price-alert.ts';
import { ScrapeJobs1763683461500 } from './migrations/1763683461500-scrape-jobs.ts';
import { HostTurns1763683461600 } from './migrations/1763683461600-host-turns.ts';
import { ScrapeJobEntity } from './scrape/scrape-job.entity.ts';
import { StoreEntity } from './store/store.entity.ts';
import { StoreDomainEntity } from './store/store-domain.entity.ts';
import { TagEntity } from './tag/tag.entity.ts';
import { TrackedProductEntity } from './tracked-product/tracked-product.entity.ts';
import { TrackedUrlEntity } from './tracked-url/tracked-url.entity.ts';

export const priceTrackingDatabase: SubgraphDatabase = {
  name: 'price-tracking',
  entities: [
    StoreEntity,
    StoreDomainEntity,
    TrackedProductEntity,
    TrackedUrlEntity,
    TagEntity,
    PricePointEntity,
    PriceAlertEntity,
    RaisedPriceAlertEntity,
    ScrapeJobEntity,
  ],
  migrations: [
    PriceTracking1763683460000,
    FoundPages1763683461100,
    PriceCaches1763683461300,
    PriceAlert1763683461400,
    ScrapeJobs1763683461500,
    HostTurns1763683461600,
  ],
};
