import type { Viewer } from '@gastronom/shared/viewer';
import type { SupplierEntity } from './supplier.entity.ts';

type Owned = Pick<SupplierEntity, 'isHouse' | 'organizationId'>;

/** Acts for each supplier: admins, and keys that may write offers. Staff act for the house. */
function actsForShop(viewer: Viewer, { isHouse }: Owned): boolean {
  if (viewer.kind === 'internal') return true;
  if (viewer.kind === 'service') return viewer.scopes.includes('offers:write');
  return viewer.kind === 'user' && (viewer.role === 'ADMIN' || (isHouse && viewer.role === 'STAFF'));
}

const isItsOwn = (viewer: Viewer, { organizationId }: Owned): boolean =>
  viewer.kind === 'user' &&
  viewer.organization?.type === 'SUPPLIER' &&
  organizationId !== null &&
  viewer.organization.id === organizationId;

/** Whether the viewer sells for the supplier: sees and sets its offers and prices. */
export const maySell = (viewer: Viewer, supplier: Owned): boolean =>
  actsForShop(viewer, supplier) || isItsOwn(viewer, supplier);

/** Whether the viewer decides who the supplier is and how it trades. */
export const mayManage = (viewer: Viewer, supplier: Owned): boolean =>
  (viewer.kind !== 'service' && actsForShop(viewer, supplier)) ||
  (isItsOwn(viewer, supplier) && viewer.kind === 'user' && viewer.organization?.role === 'ADMIN');

/** The restaurant for which the viewer buys; null for everybody else. */
export const buyerOf = (viewer: Viewer): string | null =>
  viewer.kind === 'user' && viewer.organization?.type === 'RESTAURANT' ? viewer.organization.id : null;

const isStaff = (viewer: Viewer): boolean =>
  viewer.kind === 'user' && (viewer.role === 'STAFF' || viewer.role === 'ADMIN');

/** Whether the viewer sees what a supplier offers: restaurants do, and who sells it; the shop's goods everybody does. */
export const seesOffersOf = (viewer: Viewer, supplier: Owned): boolean =>
  supplier.isHouse || buyerOf(viewer) !== null || isStaff(viewer) || maySell(viewer, supplier);

/** Whether the viewer sees each supplier's offers, and not those of its own alone. */
export const seesAllOffers = (viewer: Viewer): boolean =>
  buyerOf(viewer) !== null || isStaff(viewer) || viewer.kind === 'internal';
