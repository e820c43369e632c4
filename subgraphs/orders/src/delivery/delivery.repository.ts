import { type EntityManager, In } from 'typeorm';
import { DeliveryEntity, DeliveryLineEntity, DeliveryRevisionEntity } from './delivery.entity.ts';

/** How much of a good was handed over. */
interface Brought {
  readonly sku: string;
  readonly quantity: string;
}

/** Deliveries, their lines, and what was told of them before. Writers hold the supplier's order. */
export class DeliveryRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  find(id: string): Promise<DeliveryEntity | null> {
    return this.#manager.findOneBy(DeliveryEntity, { id });
  }

  get(id: string): Promise<DeliveryEntity> {
    return this.#manager.findOneByOrFail(DeliveryEntity, { id });
  }

  findByKey(supplierOrderId: string, idempotencyKey: string): Promise<DeliveryEntity | null> {
    return this.#manager.findOneBy(DeliveryEntity, { supplierOrderId, idempotencyKey });
  }

  findRevision(deliveryId: string, idempotencyKey: string): Promise<DeliveryRevisionEntity | null> {
    return this.#manager.findOneBy(DeliveryRevisionEntity, { deliveryId, idempotencyKey });
  }

  getFirstRevision(deliveryId: string): Promise<DeliveryRevisionEntity> {
    return this.#manager.findOneByOrFail(DeliveryRevisionEntity, { deliveryId, revision: 1 });
  }

  listByIds(ids: readonly string[]): Promise<DeliveryEntity[]> {
    return this.#manager.findBy(DeliveryEntity, { id: In(ids) });
  }

  listOfSupplierOrders(supplierOrderIds: readonly string[]): Promise<DeliveryEntity[]> {
    const where = { supplierOrderId: In(supplierOrderIds) };
    return this.#manager.find(DeliveryEntity, { where, order: { supplierOrderId: 'ASC', number: 'ASC' } });
  }

  listLines(deliveryIds: readonly string[]): Promise<DeliveryLineEntity[]> {
    return this.#manager.findBy(DeliveryLineEntity, { deliveryId: In(deliveryIds) });
  }

  listRevisions(deliveryIds: readonly string[]): Promise<DeliveryRevisionEntity[]> {
    const where = { deliveryId: In(deliveryIds) };
    return this.#manager.find(DeliveryRevisionEntity, { where, order: { deliveryId: 'ASC', revision: 'ASC' } });
  }

  /** The last moment of an order's deliveries, and what they brought of goods that were reserved for it. */
  async getHandover(supplierOrderId: string): Promise<{ handedOverAt: Date; lines: Brought[] }> {
    const [{ handedOverAt }] = await this.#manager.query<[{ handedOverAt: Date }]>(
      'SELECT max(delivered_at) AS "handedOverAt" FROM deliveries WHERE supplier_order_id = $1',
      [supplierOrderId],
    );
    const lines = await this.#manager.query<Brought[]>(
      `SELECT coalesce(product_sku, offer_id) AS sku,
         round(sum(coalesce(received_quantity, 0) * pack_size), 3)::text AS quantity FROM order_lines
       WHERE supplier_order_id = $1 AND substitute_for IS NULL GROUP BY 1 ORDER BY 1`,
      [supplierOrderId],
    );
    return { handedOverAt, lines };
  }

  async insert(delivery: Omit<DeliveryEntity, 'id'>): Promise<DeliveryEntity> {
    const { identifiers } = await this.#manager.insert(DeliveryEntity, delivery);
    return this.get(String(identifiers[0]?.id));
  }

  async update(id: string, set: Partial<DeliveryEntity>): Promise<DeliveryEntity> {
    await this.#manager.update(DeliveryEntity, { id }, set);
    return this.get(id);
  }

  async replaceLines(deliveryId: string, lines: readonly Omit<DeliveryLineEntity, 'deliveryId'>[]): Promise<void> {
    await this.#manager.delete(DeliveryLineEntity, { deliveryId });
    if (lines.length > 0)
      await this.#manager.insert(
        DeliveryLineEntity,
        lines.map((line) => ({ ...line, deliveryId })),
      );
  }

  async insertRevision(revision: DeliveryRevisionEntity): Promise<void> {
    await this.#manager.insert(DeliveryRevisionEntity, revision);
  }
}
