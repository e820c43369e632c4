import type { EntityManager } from 'typeorm';
import type { Buyer } from '../order/buyer.ts';
import { OrderEntity } from '../order/order.entity.ts';
import { OrderLineEntity } from '../supplier-order/order-line.entity.ts';
import { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';
import { type DraftPart, sumParts } from './draft-order.ts';

export type NewOrder = Pick<
  OrderEntity,
  | 'buyerKind'
  | 'buyerId'
  | 'buyerName'
  | 'placedBy'
  | 'idempotencyKey'
  | 'fingerprint'
  | 'paymentMethod'
  | 'currency'
  | 'note'
  | 'source'
  | 'allOrNothing'
  | 'approvalLimit'
>;

export type InsertedOrder = Pick<OrderEntity, 'id' | 'number'>;

/** What came of asking for a line's reservation. */
export interface RefusedLine {
  readonly sku: string;
  readonly refusal: string;
  readonly available: string;
}

/** What placing an order reads and writes. Orders are locked before their parts, and both before carts. */
export class PlacementRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  find(id: string): Promise<OrderEntity | null> {
    return this.#manager.findOneBy(OrderEntity, { id });
  }

  findByKey({ kind, id }: Buyer, idempotencyKey: string): Promise<OrderEntity | null> {
    return this.#manager.findOneBy(OrderEntity, { buyerKind: kind, buyerId: id, idempotencyKey });
  }

  /** Those of the orders that are being placed. */
  async listPlacing(ids: readonly string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await this.#manager.query(
      `SELECT id FROM orders WHERE id = ANY($1::uuid[]) AND status = 'PLACING'`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  lock(id: string): Promise<OrderEntity | null> {
    return this.#manager.findOne(OrderEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  listParts(orderId: string): Promise<SupplierOrderEntity[]> {
    return this.#manager.find(SupplierOrderEntity, { where: { orderId }, order: { number: 'ASC' } });
  }

  listLines(supplierOrderIds: readonly string[]): Promise<OrderLineEntity[]> {
    return this.#manager
      .createQueryBuilder(OrderLineEntity, 'line')
      .where('line.supplierOrderId = ANY(:ids::uuid[])', { ids: supplierOrderIds })
      .orderBy('line.supplierOrderId')
      .addOrderBy('line.position')
      .getMany();
  }

  /** The order as PLACING, with its parts; null where the buyer used the key before. */
  async insert(order: NewOrder, drafts: readonly DraftPart[]): Promise<InsertedOrder | null> {
    const row = { ...order, ...sumParts(drafts.map((draft) => draft.row)), status: 'PLACING' as const };
    const { raw } = await this.#manager
      .createQueryBuilder()
      .insert()
      .into(OrderEntity)
      .values(row)
      .orIgnore()
      .returning(['id', 'number'])
      .execute();
    const [inserted] = raw as InsertedOrder[];
    if (!inserted) return null;
    const parts = drafts.map((draft, index) => ({
      ...draft.row,
      orderId: inserted.id,
      number: `${inserted.number}-${index + 1}`,
      status: 'PENDING' as const,
    }));
    const { identifiers } = await this.#manager.insert(SupplierOrderEntity, parts);
    const lines = drafts.flatMap((draft, index) =>
      draft.lines.map((line) => ({ ...line, supplierOrderId: String(identifiers[index]?.id) })),
    );
    await this.#manager.insert(OrderLineEntity, lines);
    await this.#manager.query(
      `INSERT INTO supplier_order_changes (supplier_order_id, from_status, to_status, actor, party)
       SELECT id, NULL, 'PENDING', $2, 'SYSTEM' FROM supplier_orders WHERE order_id = $1`,
      [inserted.id, order.placedBy ? `user:${order.placedBy}` : 'internal:orders'],
    );
    return inserted;
  }

  /** Parts that come to nothing, and why their goods could not be kept. */
  async refuseParts(ids: readonly string[], reason: string, at: Date): Promise<void> {
    await this.#step(ids, 'REFUSED', reason, at);
  }

  async writeRefusals(supplierOrderId: string, refused: readonly RefusedLine[]): Promise<void> {
    await this.#manager.query(
      `UPDATE order_lines line SET refusal = told.refusal, available = told.available
       FROM json_to_recordset($2::json) AS told(sku text, refusal text, available numeric)
       WHERE line.supplier_order_id = $1 AND line.product_sku = told.sku`,
      [supplierOrderId, JSON.stringify(refused)],
    );
  }

  async placeParts(ids: readonly string[], at: Date): Promise<void> {
    await this.#step(ids, 'PLACED', null, at);
  }

  async update(id: string, set: Partial<OrderEntity>): Promise<void> {
    await this.#manager.update(OrderEntity, { id }, set);
  }

  async #step(ids: readonly string[], status: 'PLACED' | 'REFUSED', reason: string | null, at: Date): Promise<void> {
    await this.#manager.query(
      `WITH changed AS (
         UPDATE supplier_orders SET status = $2, version = version + 1, updated_at = now(),
           placed_at = CASE WHEN $2 = 'PLACED' THEN $4::timestamptz END
         WHERE id = ANY($1::uuid[]) AND status = 'PENDING' RETURNING id
       )
       INSERT INTO supplier_order_changes (supplier_order_id, from_status, to_status, actor, party, reason, at)
       SELECT id, 'PENDING', $2, 'internal:orders', 'SYSTEM', $3, $4 FROM changed`,
      [ids, status, reason, at],
    );
  }
}
