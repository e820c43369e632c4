import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { FulfilmentRepository } from './fulfilment.repository.ts';
import type { SupplierOrderEntity } from './supplier-order.entity.ts';
import type { SupplierOrderChangeEntity } from './supplier-order-change.entity.ts';

/** Of parts that the viewer was found to see. */
export interface FulfilmentLoaders {
  readonly changes: DataLoader<string, SupplierOrderChangeEntity[]>;
  readonly backOrders: DataLoader<string, SupplierOrderEntity[]>;
}

export function createFulfilmentLoaders(manager: EntityManager): FulfilmentLoaders {
  const repository = new FulfilmentRepository(manager);
  return {
    changes: new DataLoader(
      async (ids) => {
        const groups = Map.groupBy(await repository.listChanges(ids), ({ supplierOrderId }) => supplierOrderId);
        return ids.map((id) => groups.get(id) ?? []);
      },
      { cache: false },
    ),
    backOrders: new DataLoader(
      async (ids) => {
        const groups = Map.groupBy(await repository.listBackOrders(ids), ({ backOrderOf }) => backOrderOf);
        return ids.map((id) => groups.get(id) ?? []);
      },
      { cache: false },
    ),
  };
}
