import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { WarehouseEntity } from './warehouse.entity.ts';
import { WarehouseRepository, type WarehouseSummaryRow } from './warehouse.repository.ts';

export interface WarehouseLoaders {
  readonly warehouse: DataLoader<string, WarehouseEntity | null>;
  readonly warehouseSummary: DataLoader<string, WarehouseSummaryRow>;
}

export function createWarehouseLoaders(manager: EntityManager): WarehouseLoaders {
  const warehouses = new WarehouseRepository(manager);
  return {
    warehouse: new DataLoader(async (ids) => {
      const found = new Map((await warehouses.findByIds(ids)).map((warehouse) => [warehouse.id, warehouse]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    warehouseSummary: new DataLoader(async (ids) => {
      const found = new Map((await warehouses.summaries(ids)).map((summary) => [summary.warehouseId, summary]));
      const nothing = { goods: 0, inStock: 0, negative: 0, parked: 0, asOf: null };
      return ids.map((warehouseId) => found.get(warehouseId) ?? { warehouseId, ...nothing });
    }),
  };
}
