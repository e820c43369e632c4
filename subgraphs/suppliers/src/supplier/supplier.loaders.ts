import { isUUID } from '@gastronom/shared/id';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { SupplierEntity } from './supplier.entity.ts';
import { SupplierRepository } from './supplier.repository.ts';

export type SupplierLoader = DataLoader<string, SupplierEntity | null>;

export const createSupplierLoader = (manager: EntityManager): SupplierLoader =>
  new DataLoader(async (ids) => {
    const rows = await new SupplierRepository(manager).byIds(ids.filter(isUUID));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  });
