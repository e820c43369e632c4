import { selectQuickly } from '@gastronom/shared/database/select-rows';
import type { Viewer } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { type Buyer, buyerOf } from './buyer.ts';
import { OrderEntity, type OrderStatus } from './order.entity.ts';

export interface OrderSearch {
  readonly statuses?: readonly OrderStatus[] | null | undefined;
  readonly supplierId?: string | null | undefined;
  readonly createdFrom?: Date | null | undefined;
  readonly createdBefore?: Date | null | undefined;
}

const amongIds = 'WHERE id = ANY($1::uuid[])';

const hasPartFor = `EXISTS (SELECT FROM supplier_orders part
  WHERE part.order_id = placed.id AND part.supplier_id = :supplierId::uuid)`;

export class OrderRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Of the orders, those that the viewer may see: their own, or any for staff. */
  visible(ids: readonly string[], viewer: Viewer): Promise<OrderEntity[]> {
    if (viewer.kind === 'user' && (viewer.role === 'STAFF' || viewer.role === 'ADMIN')) return this.listByIds(ids);
    const buyer = buyerOf(viewer);
    if (!buyer) return Promise.resolve([]);
    const own = `${amongIds} AND buyer_kind = $2 AND buyer_id = $3`;
    return selectQuickly(this.#manager, OrderEntity, own, [ids, buyer.kind, buyer.id]);
  }

  /** For what stands in their parts too. Whoever asks has seen to it that the reader may know. */
  listByIds(ids: readonly string[]): Promise<OrderEntity[]> {
    return selectQuickly(this.#manager, OrderEntity, amongIds, [ids]);
  }

  /** A buyer's orders, the newest first, from behind the one at the cursor. */
  list(
    buyer: Buyer,
    search: OrderSearch,
    size: number,
    after?: { moment: string; id: string },
  ): Promise<OrderEntity[]> {
    const query = this.#search(buyer, search)
      .orderBy('placed.createdAt', 'DESC')
      .addOrderBy('placed.id', 'DESC')
      .take(size);
    if (after) query.andWhere('(placed.createdAt, placed.id) < (:moment::timestamptz, :id::uuid)', after);
    return query.getMany();
  }

  count(buyer: Buyer, search: OrderSearch): Promise<number> {
    return this.#search(buyer, search).getCount();
  }

  #search(buyer: Buyer, { statuses, supplierId, createdFrom, createdBefore }: OrderSearch) {
    const query = this.#manager
      .createQueryBuilder(OrderEntity, 'placed')
      .where('placed.buyerKind = :kind AND placed.buyerId = :buyerId', { kind: buyer.kind, buyerId: buyer.id });
    if (statuses) query.andWhere('placed.status = ANY(:statuses)', { statuses });
    if (supplierId) query.andWhere(hasPartFor, { supplierId });
    if (createdFrom) query.andWhere('placed.createdAt >= :createdFrom', { createdFrom });
    if (createdBefore) query.andWhere('placed.createdAt < :createdBefore', { createdBefore });
    return query;
  }
}
