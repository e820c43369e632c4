import { isUUID } from '@gastronom/shared/id';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { ServiceKeyEntity } from './service-key.entity.ts';
import { ServiceKeyRepository } from './service-key.repository.ts';

/** API keys by their ids; null for what is none. */
export type ServiceKeyLoader = DataLoader<string, ServiceKeyEntity | null>;

export const createServiceKeyLoader = (manager: EntityManager): ServiceKeyLoader =>
  new DataLoader(async (ids) => {
    const rows = await new ServiceKeyRepository(manager).listByIds(ids.filter(isUUID));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  });

/** The successors of API keys by the ids of the old ones. */
export const createSuccessorLoader = (manager: EntityManager): ServiceKeyLoader =>
  new DataLoader(async (ids) => {
    const rows = await new ServiceKeyRepository(manager).listReplacing(ids);
    const byOld = new Map(rows.map((row) => [row.replacesId, row]));
    return ids.map((id) => byOld.get(id) ?? null);
  });
