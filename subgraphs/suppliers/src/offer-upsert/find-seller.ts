import { isUUID } from '@gastronom/shared/id';
import type { Viewer } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import type { SupplierEntity } from '../supplier/supplier.entity.ts';
import { SupplierRepository } from '../supplier/supplier.repository.ts';
import { maySell } from '../supplier/supplier-access.ts';

/** The supplier that is named, else that of the viewer's organization; null where the viewer does not sell for it. */
export async function findSeller(
  manager: EntityManager,
  viewer: Viewer,
  given: string | null,
): Promise<SupplierEntity | null> {
  const suppliers = new SupplierRepository(manager);
  const own = viewer.kind === 'user' && viewer.organization?.type === 'SUPPLIER' ? viewer.organization.id : null;
  const [named] = given && isUUID(given) ? await suppliers.byIds([given]) : [];
  const supplier = given ? named : own && (await suppliers.findOf(own));
  return supplier && maySell(viewer, supplier) ? supplier : null;
}
