import { selectQuickly } from '@gastronom/shared/database/select-rows';
import type { Viewer } from '@gastronom/shared/viewer';
import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { buyerOf } from '../order/buyer.ts';
import { OrderEntity } from '../order/order.entity.ts';
import { OrderLineEntity } from './order-line.entity.ts';
import { SupplierOrderEntity, type SupplierOrderStatus } from './supplier-order.entity.ts';

export interface SupplierOrderSearch {
  readonly statuses?: readonly SupplierOrderStatus[] | null | undefined;
  readonly deliverFrom?: string | null | undefined;
  readonly deliverTo?: string | null | undefined;
  readonly createdFrom?: Date | null | undefined;
  readonly createdBefore?: Date | null | undefined;
}

/** Who reads as a supplier: an organisation's people, the house's staff, or nobody. */
export type Seller = { readonly organizationId: string } | 'HOUSE' | null;

export function sellerOf(viewer: Viewer): Seller {
  if (viewer.kind !== 'user') return null;
  if (viewer.organization?.type === 'SUPPLIER') return { organizationId: viewer.organization.id };
  return viewer.role === 'STAFF' || viewer.role === 'ADMIN' ? 'HOUSE' : null;
}

/** What suppliers see: what never reached them is none of their business. */
const reachedSupplier = "part.status NOT IN ('PENDING', 'REFUSED')";

/** What is read of suppliers' parts of orders. */
export class SupplierOrderRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Of the parts, those that the viewer may see: as buyer, as supplier, or as staff. */
  visible(ids: readonly string[], viewer: Viewer): Promise<SupplierOrderEntity[]> {
    if (viewer.kind === 'internal') return this.#manager.findBy(SupplierOrderEntity, { id: In(ids) });
    if (viewer.kind !== 'user') return Promise.resolve([]);
    const query = this.#manager
      .createQueryBuilder(SupplierOrderEntity, 'part')
      .where('part.id = ANY(:ids::uuid[])', { ids });
    if (viewer.role === 'STAFF' || viewer.role === 'ADMIN') return query.getMany();
    const seller = sellerOf(viewer);
    if (seller) return onlySellers(query, seller).getMany();
    const buyer = buyerOf(viewer);
    if (!buyer) return Promise.resolve([]);
    return query
      .innerJoin(OrderEntity, 'placed', 'placed.id = part.orderId')
      .andWhere('placed.buyerKind = :kind AND placed.buyerId = :buyerId', { kind: buyer.kind, buyerId: buyer.id })
      .getMany();
  }

  listOfOrders(orderIds: readonly string[]): Promise<SupplierOrderEntity[]> {
    const rest = 'WHERE order_id = ANY($1::uuid[]) ORDER BY order_id, created_at, number';
    return selectQuickly(this.#manager, SupplierOrderEntity, rest, [orderIds]);
  }

  listLines(supplierOrderIds: readonly string[]): Promise<OrderLineEntity[]> {
    const rest = 'WHERE supplier_order_id = ANY($1::uuid[]) ORDER BY supplier_order_id, position';
    return selectQuickly(this.#manager, OrderLineEntity, rest, [supplierOrderIds]);
  }

  /** What a seller has to deliver, the newest first, from behind the one at the cursor. */
  list(
    seller: Exclude<Seller, null>,
    search: SupplierOrderSearch,
    size: number,
    after?: { moment: string; id: string },
  ): Promise<SupplierOrderEntity[]> {
    const query = this.#search(seller, search)
      .orderBy('part.createdAt', 'DESC')
      .addOrderBy('part.id', 'DESC')
      .take(size);
    if (after) query.andWhere('(part.createdAt, part.id) < (:moment::timestamptz, :id::uuid)', after);
    return query.getMany();
  }

  count(seller: Exclude<Seller, null>, search: SupplierOrderSearch): Promise<number> {
    return this.#search(seller, search).getCount();
  }

  #search(seller: Exclude<Seller, null>, search: SupplierOrderSearch) {
    const { statuses, deliverFrom, deliverTo, createdFrom, createdBefore } = search;
    const query = onlySellers(this.#manager.createQueryBuilder(SupplierOrderEntity, 'part').where('true'), seller);
    if (statuses) query.andWhere('part.status = ANY(:statuses)', { statuses });
    if (deliverFrom) query.andWhere('part.deliverOn >= :deliverFrom::date', { deliverFrom });
    if (deliverTo) query.andWhere('part.deliverOn <= :deliverTo::date', { deliverTo });
    if (createdFrom) query.andWhere('part.createdAt >= :createdFrom', { createdFrom });
    if (createdBefore) query.andWhere('part.createdAt < :createdBefore', { createdBefore });
    return query;
  }
}

function onlySellers(query: SelectQueryBuilder<SupplierOrderEntity>, seller: Exclude<Seller, null>) {
  query.andWhere(reachedSupplier);
  if (seller === 'HOUSE') return query.andWhere('part.isHouse');
  return query.andWhere('part.supplierOrganizationId = :organizationId', seller);
}
