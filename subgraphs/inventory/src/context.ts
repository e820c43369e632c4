import type { Clock } from '@gastronom/shared/clock';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { subgraphContexts } from '@gastronom/shared/subgraph-contexts';
import type { EntityManager } from 'typeorm';
import { setAvailabilityDebounce } from './availability/announce-availability.ts';
import { type InventorySettings, readInventorySettings } from './env.ts';
import { createFreshnessLoader, type FreshnessLoader } from './freshness/freshness.loaders.ts';
import { RefreshNotice } from './freshness/refresh-notice.ts';
import { createStockSummaryLoader, type StockSummaryLoader } from './product/stock-summary.loaders.ts';
import { createWarehouseLoaders, type WarehouseLoaders } from './warehouse/warehouse.loaders.ts';

export interface InventoryContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  /** The time, in milliseconds; tests have one of their own. */
  readonly clock: Clock;
  readonly settings: InventorySettings;
  readonly subgraphs: SubgraphClient;
  /** Shared by all requests of this process; null where 1C cannot be asked. */
  readonly refreshNotice: RefreshNotice | null;
  readonly loaders: WarehouseLoaders & {
    readonly stockSummary: StockSummaryLoader;
    readonly freshness: FreshnessLoader;
  };
}

function makeContext(
  environment: SubgraphEnvironment,
  settings = readInventorySettings(),
  clock: Clock = Date.now,
): (request: SubgraphRequest) => InventoryContext {
  const { manager } = environment.dataSource;
  const { jobs } = environment;
  setAvailabilityDebounce(jobs, settings.debounceSeconds);
  const subgraphs = new SubgraphClient(environment.subgraphs, 'inventory');
  const { refresh } = settings;
  const notice = refresh
    ? new RefreshNotice({ manager, jobs, settings, clock, floorMs: refresh.floorMs, logger: environment.logger })
    : null;
  return (request) => ({
    ...request,
    manager,
    jobs,
    clock,
    settings,
    subgraphs,
    refreshNotice: notice,
    loaders: {
      ...createWarehouseLoaders(manager),
      stockSummary: createStockSummaryLoader(manager, settings, clock, notice),
      freshness: createFreshnessLoader(manager),
    },
  });
}

const contexts = subgraphContexts('inventory', makeContext);

export const inventoryContext = contexts.of;
export const createInventoryContext = contexts.create;
export const internalContext = contexts.internal;
