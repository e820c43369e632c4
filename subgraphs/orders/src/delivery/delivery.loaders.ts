import { isUUID } from '@gastronom/shared/id';
import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { SupplierOrderRepository } from '../supplier-order/supplier-order.repository.ts';
import type { DeliveryEntity, DeliveryLineEntity, DeliveryRevisionEntity } from './delivery.entity.ts';
import { DeliveryRepository } from './delivery.repository.ts';

export interface DeliveryLoaders {
  /** One of an order that the viewer may not see looks like none. */
  readonly visible: DataLoader<string, DeliveryEntity | null>;
  /** Of what the viewer was found to see. */
  readonly ofSupplierOrder: DataLoader<string, DeliveryEntity[]>;
  readonly lines: DataLoader<string, DeliveryLineEntity[]>;
  readonly revisions: DataLoader<string, DeliveryRevisionEntity[]>;
}

/** Not kept: mutations of the same request change them. */
const uncached = { cache: false };

export function createDeliveryLoaders(manager: EntityManager, viewer: Viewer): DeliveryLoaders {
  const deliveries = new DeliveryRepository(manager);
  const grouped = <Row, Key extends keyof Row>(list: (ids: readonly string[]) => Promise<Row[]>, key: Key) =>
    new DataLoader<string, Row[]>(async (ids) => {
      const groups = Map.groupBy(await list(ids), (row) => row[key] as string);
      return ids.map((id) => groups.get(id) ?? []);
    }, uncached);
  return {
    visible: new DataLoader(async (keys) => {
      const ids = keys.filter(isUUID);
      const rows = ids.length > 0 ? await deliveries.listByIds(ids) : [];
      const parts = rows.length > 0 ? await visibleParts(manager, viewer, rows) : new Set();
      const byId = new Map(rows.filter((row) => parts.has(row.supplierOrderId)).map((row) => [row.id, row]));
      return keys.map((id) => byId.get(id.toLowerCase()) ?? null);
    }, uncached),
    ofSupplierOrder: grouped((ids) => deliveries.listOfSupplierOrders(ids), 'supplierOrderId'),
    lines: grouped((ids) => deliveries.listLines(ids), 'deliveryId'),
    revisions: grouped((ids) => deliveries.listRevisions(ids), 'deliveryId'),
  };
}

async function visibleParts(manager: EntityManager, viewer: Viewer, rows: readonly DeliveryEntity[]) {
  const ids = [...new Set(rows.map(({ supplierOrderId }) => supplierOrderId))];
  const parts = await new SupplierOrderRepository(manager).visible(ids, viewer);
  return new Set(parts.map(({ id }) => id));
}
