import type { Viewer } from '@gastronom/shared/viewer';
import { buyerOf } from '../order/buyer.ts';
import type { OrderEntity } from '../order/order.entity.ts';
import type { SupplierOrderEntity } from './supplier-order.entity.ts';

/** On whose side somebody acts: the buyer's people, the supplier's, the platform's staff, or the product by itself. */
export type Party = 'BUYER' | 'SUPPLIER' | 'STAFF' | 'SYSTEM';

type Bought = Pick<OrderEntity, 'buyerKind' | 'buyerId'>;
type Supplied = Pick<SupplierOrderEntity, 'isHouse' | 'supplierOrganizationId'>;

/**
 * The sides that a viewer may act on, the one that counts first. Staff are the house's people, and stand beside the
 * parties of everybody else's orders. Nobody at all: to them the order does not exist.
 */
export function partiesOf(viewer: Viewer, order: Bought, part: Supplied): Party[] {
  // The house's own machine, 1C, speaks through the product.
  if (viewer.kind === 'internal') return part.isHouse ? ['SUPPLIER', 'SYSTEM'] : ['SYSTEM'];
  if (viewer.kind !== 'user') return [];
  const { role, organization } = viewer;
  const buyer = buyerOf(viewer);
  const isBuyer = buyer?.kind === order.buyerKind && buyer.id === order.buyerId;
  const isSupplier = organization?.type === 'SUPPLIER' && organization.id === part.supplierOrganizationId;
  const isStaff = role === 'STAFF' || role === 'ADMIN';
  return [
    ...(isBuyer ? ['BUYER' as const] : []),
    ...(isSupplier || (isStaff && part.isHouse) ? ['SUPPLIER' as const] : []),
    ...(isStaff ? ['STAFF' as const] : []),
  ];
}
