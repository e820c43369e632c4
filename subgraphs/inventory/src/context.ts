import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import type { EntityManager } from 'typeorm';
import { type InventorySettings, readInventorySettings } from './env.ts';
import { createStockSummaryLoader, type StockSummaryLoader } from './product/stock-summary.loaders.ts';
import { createWarehouseLoaders, type WarehouseLoaders } from './warehouse/warehouse.loaders.ts';

export interface InventoryContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly settings: InventorySettings;
  readonly subgraphs: SubgraphClient;
  readonly loaders: WarehouseLoaders & { readonly stockSummary: StockSummaryLoader };
}

export function createInventoryContext(environment: SubgraphEnvironment, settings = readInventorySettings()) {
  const { manager } = environment.dataSource;
  const subgraphs = new SubgraphClient(environment.subgraphs, 'inventory');
  return (request: SubgraphRequest): InventoryContext => ({
    ...request,
    manager,
    settings,
    subgraphs,
    loaders: {
      ...createWarehouseLoaders(manager),
      stockSummary: createStockSummaryLoader(manager, settings.bufferDefault),
    },
  });
}
