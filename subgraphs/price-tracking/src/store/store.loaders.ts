import { isUUID } from '@gastronom/shared/id';
import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { ownsRow } from '../ownership.ts';
import type { StoreEntity } from './store.entity.ts';
import { StoreRepository } from './store.repository.ts';

export type StoreLoader = DataLoader<string, StoreEntity | null>;

/** Stores that the viewer may see; the others do not exist for them. */
export const createStoreLoader = (manager: EntityManager, viewer: Viewer): StoreLoader =>
  new DataLoader(async (ids) => {
    const rows = await new StoreRepository(manager).byIds(ids.filter(isUUID));
    const byId = new Map(rows.filter((row) => ownsRow(viewer, row)).map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  });

/** What is asked of stores that the viewer has in hand. */
export interface StoreFacts {
  readonly domains: DataLoader<string, readonly string[]>;
  readonly urlCounts: DataLoader<string, number>;
}

export const createStoreFacts = (manager: EntityManager): StoreFacts => ({
  domains: new DataLoader(async (ids) => {
    const byStore = Map.groupBy(await new StoreRepository(manager).domainsOf(ids), ({ storeId }) => storeId);
    return ids.map((id) => (byStore.get(id) ?? []).map(({ domain }) => domain));
  }),
  urlCounts: new DataLoader(async (ids) => {
    const counts = await new StoreRepository(manager).countUrls(ids);
    return ids.map((id) => counts.get(id) ?? 0);
  }),
});
