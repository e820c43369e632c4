import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import type { EntityManager } from 'typeorm';
import { setAvailabilityDebounce } from './availability/announce-availability.ts';
import { type InventorySettings, readInventorySettings } from './env.ts';
import { createFreshnessLoader, type FreshnessLoader } from './freshness/freshness.loaders.ts';
import { RefreshNotice } from './freshness/refresh-notice.ts';
import { createStockSummaryLoader, type StockSummaryLoader } from './product/stock-summary.loaders.ts';
import { createWarehouseLoaders, type WarehouseLoaders } from './warehouse/warehouse.loaders.ts';

export type Clock = () => number;

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

type ContextOf = (request: SubgraphRequest) => InventoryContext;

const contexts = new WeakMap<SubgraphEnvironment, ContextOf>();

/** What requests and jobs of one subgraph share: made once for its environment. */
export function inventoryContext(environment: SubgraphEnvironment): ContextOf {
  const known = contexts.get(environment) ?? createInventoryContext(environment);
  contexts.set(environment, known);
  return known;
}

/** With other settings than the environment's, as tests want it, jobs and checks see the same. */
export function createInventoryContext(
  environment: SubgraphEnvironment,
  settings = readInventorySettings(),
  clock: Clock = Date.now,
): ContextOf {
  const { manager } = environment.dataSource;
  const { jobs } = environment;
  setAvailabilityDebounce(jobs, settings.debounceSeconds);
  const subgraphs = new SubgraphClient(environment.subgraphs, 'inventory');
  const { refresh } = settings;
  const notice = refresh
    ? new RefreshNotice({ manager, jobs, settings, clock, floorMs: refresh.floorMs, logger: environment.logger })
    : null;
  const contextOf: ContextOf = (request) => ({
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
  contexts.set(environment, contextOf);
  return contextOf;
}
