import { isUUID } from '@gastronom/shared/id';
import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { OrderLineEntity } from './order-line.entity.ts';
import type { SupplierOrderEntity } from './supplier-order.entity.ts';
import { SupplierOrderRepository } from './supplier-order.repository.ts';

export interface SupplierOrderLoaders {
  /** One that the viewer may not see looks like none. */
  readonly visible: DataLoader<string, SupplierOrderEntity | null>;
  /** The parts of an order that the viewer was found to see. */
  readonly ofOrder: DataLoader<string, SupplierOrderEntity[]>;
  /** The lines of a part that the viewer was found to see. */
  readonly lines: DataLoader<string, OrderLineEntity[]>;
}

export function createSupplierOrderLoaders(manager: EntityManager, viewer: Viewer): SupplierOrderLoaders {
  const parts = new SupplierOrderRepository(manager);
  return {
    visible: new DataLoader(async (keys) => {
      const ids = keys.filter(isUUID);
      const rows = new Map((ids.length > 0 ? await parts.visible(ids, viewer) : []).map((row) => [row.id, row]));
      return keys.map((id) => rows.get(id.toLowerCase()) ?? null);
    }),
    ofOrder: new DataLoader(async (ids) => {
      const groups = Map.groupBy(await parts.listOfOrders(ids), ({ orderId }) => orderId);
      return ids.map((id) => groups.get(id) ?? []);
    }),
    lines: new DataLoader(async (ids) => {
      const groups = Map.groupBy(await parts.listLines(ids), ({ supplierOrderId }) => supplierOrderId);
      return ids.map((id) => groups.get(id) ?? []);
    }),
  };
}
