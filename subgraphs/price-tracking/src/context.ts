import type { Clock } from '@gastronom/shared/clock';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { subgraphContexts } from '@gastronom/shared/subgraph-contexts';
import type { EntityManager } from 'typeorm';
import { PriceAlertLoaders } from './alert/price-alert.loaders.ts';
import { type PriceTrackingSettings, readPriceTrackingSettings } from './env.ts';
import { createEnvironmentFetcher } from './fetching/environment-fetcher.ts';
import type { PageFetcher } from './fetching/fetched-page.ts';
import { createHistoryLoaders, type HistoryLoaders } from './history/history.loaders.ts';
import { createPriceCacheLoaders, type PriceCacheLoaders } from './price-cache/price-cache.loaders.ts';
import { createMarketPriceLoader, type MarketPriceLoader } from './product/market-price.loaders.ts';
import { createSearxng, type Searxng } from './search/searxng.client.ts';
import { createStoreFacts, createStoreLoader, type StoreFacts, type StoreLoader } from './store/store.loaders.ts';

import { TagLoaders } from './tag/tag.loaders.ts';
import { createTrackedProductLoader, type TrackedProductLoader } from './tracked-product/tracked-product.loaders.ts';
import { TrackedUrlLoaders } from './tracked-url/tracked-url.loaders.ts';

export interface PriceTrackingContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  /** The time, in milliseconds; tests have one of their own. */
  readonly clock: Clock;
  readonly settings: PriceTrackingSettings;
  readonly subgraphs: SubgraphClient;
  /** Shared by all requests and jobs of this process. */
  readonly fetcher: PageFetcher;
  /** Null where the installation has none. */
  readonly searxng: Searxng | null;
  readonly loaders: HistoryLoaders &
    PriceCacheLoaders & {
      readonly marketPrices: MarketPriceLoader;
      readonly stores: StoreLoader;
      readonly storeFacts: StoreFacts;
      readonly trackedProducts: TrackedProductLoader;
      readonly trackedUrls: TrackedUrlLoaders;
      readonly tags: TagLoaders;
      readonly priceAlerts: PriceAlertLoaders;
    };
}

function makeContext(
  environment: SubgraphEnvironment,
  settings = readPriceTrackingSettings(),
  clock: Clock = Date.now,
  fetcher: PageFetcher = createEnvironmentFetcher(environment, settings, clock),
): (request: SubgraphRequest) => PriceTrackingContext {
  const { jobs } = environment;
  const { manager } = environment.dataSource;
  const subgraphs = new SubgraphClient(environment.subgraphs, 'price-tracking');
  const searxng = createSearxng(settings, clock);
  return (request) => ({
    ...request,
    manager,
    jobs,
    clock,
    settings,
    subgraphs,
    fetcher,
    searxng,
    loaders: {
      ...createHistoryLoaders(manager),
      ...createPriceCacheLoaders(manager),
      marketPrices: createMarketPriceLoader(manager, settings, clock),
      stores: createStoreLoader(manager, request.viewer),
      storeFacts: createStoreFacts(manager),
      trackedProducts: createTrackedProductLoader(manager, request.viewer),
      trackedUrls: new TrackedUrlLoaders(manager, request.viewer),
      tags: new TagLoaders(manager),
      priceAlerts: new PriceAlertLoaders(manager, request.viewer),
    },
  });
}

const contexts = subgraphContexts('price-tracking', makeContext);

export const priceTrackingContext = contexts.of;
export const createPriceTrackingContext = contexts.create;
export const internalContext = contexts.internal;
