import { type EntityManager, In } from 'typeorm';
import { OrderEntity, type OrderStatus } from '../order/order.entity.ts';
import { OrderLineEntity } from './order-line.entity.ts';
import { SupplierOrderEntity, type SupplierOrderStatus } from './supplier-order.entity.ts';
import { SupplierOrderChangeEntity } from './supplier-order-change.entity.ts';

/** A part of an order with all that a command on it looks at. Nobody else changes any of it meanwhile. */
export interface HeldPart {
  readonly order: OrderEntity;
  readonly part: SupplierOrderEntity;
  readonly lines: readonly OrderLineEntity[];
}

export type NewChange = Pick<
  SupplierOrderChangeEntity,
  'fromStatus' | 'toStatus' | 'actor' | 'party' | 'reason' | 'at'
>;

/** What commands on supplier orders read and write. Orders are locked before their parts. */
export class FulfilmentRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** To look at, held by nobody. */
  async find(supplierOrderId: string): Promise<Pick<HeldPart, 'order' | 'part'> | null> {
    const part = await this.#manager.findOneBy(SupplierOrderEntity, { id: supplierOrderId });
    return part && { part, order: await this.#manager.findOneByOrFail(OrderEntity, { id: part.orderId }) };
  }

  async hold(supplierOrderId: string): Promise<HeldPart | null> {
    const known = await this.#manager.findOneBy(SupplierOrderEntity, { id: supplierOrderId });
    if (!known) return null;
    const lock = { mode: 'for_no_key_update' } as const;
    const order = await this.#manager.findOneOrFail(OrderEntity, { where: { id: known.orderId }, lock });
    const part = await this.#manager.findOneOrFail(SupplierOrderEntity, { where: { id: supplierOrderId }, lock });
    return { order, part, lines: await this.listLines(supplierOrderId) };
  }

  listLines(supplierOrderId: string): Promise<OrderLineEntity[]> {
    return this.#manager.find(OrderLineEntity, { where: { supplierOrderId }, order: { position: 'ASC' } });
  }

  get(supplierOrderId: string): Promise<SupplierOrderEntity> {
    return this.#manager.findOneByOrFail(SupplierOrderEntity, { id: supplierOrderId });
  }

  /** Each change raises the version. */
  async update(part: SupplierOrderEntity, set: Partial<SupplierOrderEntity>): Promise<SupplierOrderEntity> {
    const next = { ...set, version: part.version + 1 };
    const where = { id: part.id, version: part.version };
    const { affected } = await this.#manager.update(SupplierOrderEntity, where, next);
    if (affected !== 1) throw new Error(`supplier order ${part.id} was changed without being locked`);
    return this.get(part.id);
  }

  async updateLine(id: string, set: Partial<OrderLineEntity>): Promise<void> {
    await this.#manager.update(OrderLineEntity, { id }, set);
  }

  async insertLines(lines: readonly Partial<OrderLineEntity>[]): Promise<OrderLineEntity[]> {
    const { identifiers } = await this.#manager.insert(OrderLineEntity, [...lines]);
    const where = { id: In(identifiers.map(({ id }) => String(id))) };
    return this.#manager.find(OrderLineEntity, { where, order: { position: 'ASC' } });
  }

  async insertChange(supplierOrderId: string, change: NewChange): Promise<void> {
    await this.#manager.insert(SupplierOrderChangeEntity, { supplierOrderId, ...change });
  }

  listChanges(supplierOrderIds: readonly string[]): Promise<SupplierOrderChangeEntity[]> {
    const where = { supplierOrderId: In(supplierOrderIds) };
    return this.#manager.find(SupplierOrderChangeEntity, { where, order: { id: 'ASC' } });
  }

  listBackOrders(supplierOrderIds: readonly string[]): Promise<SupplierOrderEntity[]> {
    const where = { backOrderOf: In(supplierOrderIds) };
    return this.#manager.find(SupplierOrderEntity, { where, order: { createdAt: 'ASC', number: 'ASC' } });
  }

  /** Another part of the same order, under the next number. */
  async insertPart(order: OrderEntity, part: Partial<SupplierOrderEntity>): Promise<SupplierOrderEntity> {
    const [{ next }] = await this.#manager.query<[{ next: number }]>(
      `SELECT coalesce(max(substring(number from '-([0-9]+)$')::int), 0) + 1 AS next
       FROM supplier_orders WHERE order_id = $1`,
      [order.id],
    );
    const row = { ...part, orderId: order.id, number: `${order.number}-${next}` };
    const { identifiers } = await this.#manager.insert(SupplierOrderEntity, row);
    return this.get(String(identifiers[0]?.id));
  }

  async listStatuses(orderId: string): Promise<SupplierOrderStatus[]> {
    const parts = await this.#manager.find(SupplierOrderEntity, { where: { orderId }, select: { status: true } });
    return parts.map(({ status }) => status);
  }

  async updateOrderStatus(id: string, status: OrderStatus): Promise<void> {
    await this.#manager.update(OrderEntity, { id }, { status });
  }
}
