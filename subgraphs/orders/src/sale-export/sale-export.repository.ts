import { type EntityManager, In } from 'typeorm';
import { OrderEntity } from '../order/order.entity.ts';
import { OrderLineEntity } from '../supplier-order/order-line.entity.ts';
import { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';

export interface SaleToOffer {
  readonly part: SupplierOrderEntity;
  readonly order: OrderEntity;
  readonly lines: readonly OrderLineEntity[];
}

/**
 * The house's orders whose newest version 1C has not stored. One that ended before 1C could know of it is none of its
 * business.
 */
const openSql = `
SELECT part.id FROM supplier_orders part LEFT JOIN sale_exports stored ON stored.supplier_order_id = part.id
WHERE part.is_house AND part.status NOT IN ('PENDING', 'REFUSED') AND part.version > coalesce(stored.stored_version, 0)
  AND (part.status NOT IN ('CANCELLED', 'REJECTED') OR stored.supplier_order_id IS NOT NULL
    OR EXISTS (SELECT FROM sale_offers offered WHERE offered.supplier_order_id = part.id))
ORDER BY part.created_at, part.id LIMIT $1`;

/** What 1C was given, and what it said that it stored. */
export class SaleExportRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async listOpen(limit: number): Promise<SaleToOffer[]> {
    const ids = (await this.#manager.query<{ id: string }[]>(openSql, [limit])).map(({ id }) => id);
    if (ids.length === 0) return [];
    const order = { createdAt: 'ASC', id: 'ASC' } as const;
    const parts = await this.#manager.find(SupplierOrderEntity, { where: { id: In(ids) }, order });
    const orders = await this.#manager.findBy(OrderEntity, { id: In(parts.map(({ orderId }) => orderId)) });
    // Read after the parts: lines that are newer than the version come again with the next one.
    const lines = await this.#manager.find(OrderLineEntity, {
      where: { supplierOrderId: In(ids) },
      order: { position: 'ASC' },
    });
    const orderById = new Map(orders.map((one) => [one.id, one]));
    const linesOf = Map.groupBy(lines, ({ supplierOrderId }) => supplierOrderId);
    return parts.flatMap((part) => {
      const itsOrder = orderById.get(part.orderId);
      return itsOrder ? [{ part, order: itsOrder, lines: linesOf.get(part.id) ?? [] }] : [];
    });
  }

  async upsertOffers(sessionId: string, parts: readonly SupplierOrderEntity[], at: Date): Promise<void> {
    if (parts.length === 0) return;
    await this.#manager.query(
      `INSERT INTO sale_offers (session_id, supplier_order_id, version, offered_at)
       SELECT $1, *, $4 FROM unnest($2::uuid[], $3::int[])
       ON CONFLICT (session_id, supplier_order_id) DO UPDATE SET version = excluded.version, offered_at = excluded.offered_at`,
      [sessionId, parts.map(({ id }) => id), parts.map(({ version }) => version), at],
    );
  }

  /** What the session was given is stored in 1C. Answers how many orders that were. */
  async updateStored(sessionId: string, at: Date): Promise<number> {
    const rows = await this.#manager.query<[unknown[], number]>(
      `WITH offered AS (DELETE FROM sale_offers WHERE session_id = $1 RETURNING supplier_order_id, version)
       INSERT INTO sale_exports AS known (supplier_order_id, stored_version, stored_at)
       SELECT supplier_order_id, version, $2 FROM offered ORDER BY supplier_order_id
       ON CONFLICT (supplier_order_id) DO UPDATE
       SET stored_version = greatest(known.stored_version, excluded.stored_version), stored_at = excluded.stored_at
       RETURNING supplier_order_id`,
      [sessionId, at],
    );
    return rows.length;
  }

  findByNumber(number: string): Promise<SupplierOrderEntity | null> {
    return this.#manager.findOneBy(SupplierOrderEntity, { number, isHouse: true });
  }
}
