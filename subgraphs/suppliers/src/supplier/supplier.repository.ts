import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { SupplierEntity } from './supplier.entity.ts';

export class SupplierRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  byIds(ids: readonly string[]): Promise<SupplierEntity[]> {
    return this.#manager.findBy(SupplierEntity, { id: In(ids) });
  }

  findOf(organizationId: string): Promise<SupplierEntity | null> {
    return this.#manager.findOneBy(SupplierEntity, { organizationId });
  }
}
