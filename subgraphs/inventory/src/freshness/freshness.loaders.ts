import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { type FreshnessRow, RefreshRepository } from './refresh.repository.ts';

export type FreshnessLoader = DataLoader<string, FreshnessRow | null>;

/** How new the counts of warehouses are; one statement for all of a page. */
export function createFreshnessLoader(manager: EntityManager): FreshnessLoader {
  const refreshes = new RefreshRepository(manager);
  return new DataLoader(async (ids) => {
    const found = new Map((await refreshes.listFreshness(ids)).map((row) => [row.warehouseId, row]));
    return ids.map((id) => found.get(id) ?? null);
  });
}
