import { isUUID } from '@gastronom/shared/id';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { type DeliveringSupplier, DeliveryTermsRepository } from './delivery-terms.repository.ts';

export type DeliveringSupplierLoader = DataLoader<string, DeliveringSupplier | null>;

/** Any number of suppliers with their weeks and holidays is one statement. */
export const createDeliveringSupplierLoader = (manager: EntityManager): DeliveringSupplierLoader =>
  new DataLoader(async (ids) => {
    const rows = await new DeliveryTermsRepository(manager).listSuppliers(ids.filter(isUUID));
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id.toLowerCase()) ?? null);
  });
