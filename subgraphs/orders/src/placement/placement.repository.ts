import { randomUUID } from 'node:crypto';
import { selectRows } from '@gastronom/shared/database/select-rows';
import { selectWithRows } from '@gastronom/shared/database/select-with-rows';
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
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

export type PartWithLines = SupplierOrderEntity & { readonly lines: OrderLineEntity[] };

export type WholeOrder = OrderEntity & { readonly parts: SupplierOrderEntity[]; readonly lines: OrderLineEntity[] };

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
    return this.#findOne('WHERE id = $1', [id]);
  }

  findByKey({ kind, id }: Buyer, idempotencyKey: string): Promise<OrderEntity | null> {
    return this.#findOne('WHERE buyer_kind = $1 AND buyer_id = $2 AND idempotency_key = $3', [
      kind,
      id,
      idempotencyKey,
    ]);
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
    return this.#findOne('WHERE id = $1 FOR NO KEY UPDATE', [id]);
  }

  listParts(orderId: string): Promise<SupplierOrderEntity[]> {
    return selectRows(this.#manager, SupplierOrderEntity, 'WHERE order_id = $1 ORDER BY number', [orderId]);
  }

  listPartsWithLines(orderId: string): Promise<PartWithLines[]> {
    const lines = { entity: OrderLineEntity, rest: 'WHERE supplier_order_id = supplier_orders.id ORDER BY position' };
    const rest = 'WHERE order_id = $1 ORDER BY number';
    return selectWithRows(this.#manager, SupplierOrderEntity, { lines }, rest, [orderId]);
  }

  /** The order with all its parts and lines, these by part and place. */
  async findWhole(id: string): Promise<WholeOrder | null> {
    const ofOrder = 'WHERE supplier_order_id IN (SELECT id FROM supplier_orders WHERE order_id = orders.id)';
    const parts = {
      parts: { entity: SupplierOrderEntity, rest: 'WHERE order_id = orders.id ORDER BY number' },
      lines: { entity: OrderLineEntity, rest: `${ofOrder} ORDER BY supplier_order_id, position` },
    };
    const [order] = await selectWithRows(this.#manager, OrderEntity, parts, 'WHERE id = $1', [id]);
    return order ?? null;
  }

  /** The order as PLACING, with its parts; null where the buyer used the key before. */
  async insert(order: NewOrder, drafts: readonly DraftPart[]): Promise<InsertedOrder | null> {
    const parts = drafts.map(({ row }) => ({ ...row, id: randomUUID(), status: 'PENDING' }));
    const lines = drafts.flatMap((draft, index) =>
      draft.lines.map((line) => ({ ...line, supplierOrderId: parts[index]?.id })),
    );
    const placed = this.#records(OrderEntity, [{ ...order, ...sumParts(parts), status: 'PLACING' }]);
    const partRows = this.#records(SupplierOrderEntity, parts);
    const lineRows = this.#records(OrderLineEntity, lines);
    const [inserted] = await this.#manager.query<InsertedOrder[]>(
      `WITH placed AS (
         INSERT INTO orders (${placed.columns})
         SELECT ${placed.columns} FROM json_populate_recordset(NULL::orders, $1::json)
         ON CONFLICT DO NOTHING RETURNING id, number
       ), parts AS (
         INSERT INTO supplier_orders (order_id, number, ${partRows.columns})
         SELECT placed.id, placed.number || '-' || row_number() OVER (), part.* FROM placed,
           (SELECT ${partRows.columns} FROM json_populate_recordset(NULL::supplier_orders, $2::json)) AS part
         RETURNING id
       ), lines AS (
         INSERT INTO order_lines (${lineRows.columns})
         SELECT line.* FROM placed,
           (SELECT ${lineRows.columns} FROM json_populate_recordset(NULL::order_lines, $3::json)) AS line
       ), changes AS (
         INSERT INTO supplier_order_changes (supplier_order_id, from_status, to_status, actor, party)
         SELECT id, NULL, 'PENDING', $4, 'SYSTEM' FROM parts
       )
       SELECT id, number FROM placed`,
      [placed.json, partRows.json, lineRows.json, order.placedBy ? `user:${order.placedBy}` : 'internal:orders'],
    );
    return inserted ?? null;
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

  /** The order and its parts stand. */
  async place(id: string, partIds: readonly string[], at: Date): Promise<void> {
    await this.#step(partIds, 'PLACED', null, at, id);
  }

  async update(id: string, set: Partial<OrderEntity>): Promise<void> {
    await this.#manager.update(OrderEntity, { id }, set);
  }

  /** Rows as JSON by their columns, all of which have the same. */
  #records(entity: EntityTarget<ObjectLiteral>, rows: readonly object[]): { columns: string; json: string } {
    const { columns } = this.#manager.connection.getMetadata(entity);
    const given = columns.filter(({ propertyName }) => rows[0] && propertyName in rows[0]);
    const records = rows.map((row) =>
      Object.fromEntries(given.map(({ databaseName, propertyName }) => [databaseName, Reflect.get(row, propertyName)])),
    );
    return { columns: given.map(({ databaseName }) => databaseName).join(', '), json: JSON.stringify(records) };
  }

  async #findOne(rest: string, values: readonly unknown[]): Promise<OrderEntity | null> {
    const [order] = await selectRows(this.#manager, OrderEntity, rest, values);
    return order ?? null;
  }

  /** `placed` is the order that stands with them. */
  async #step(
    ids: readonly string[],
    status: 'PLACED' | 'REFUSED',
    reason: string | null,
    at: Date,
    placed: string | null = null,
  ): Promise<void> {
    await this.#manager.query(
      `WITH changed AS (
         UPDATE supplier_orders SET status = $2, version = version + 1, updated_at = now(),
           placed_at = CASE WHEN $2 = 'PLACED' THEN $4::timestamptz END
         WHERE id = ANY($1::uuid[]) AND status = 'PENDING' RETURNING id
       ), placed AS (
         UPDATE orders SET status = 'PLACED', placed_at = $4, updated_at = now() WHERE id = $5::uuid
       )
       INSERT INTO supplier_order_changes (supplier_order_id, from_status, to_status, actor, party, reason, at)
       SELECT id, 'PENDING', $2, 'internal:orders', 'SYSTEM', $3, $4 FROM changed`,
      [ids, status, reason, at, placed],
    );
  }
}
