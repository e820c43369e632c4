import { type EntityManager, In } from 'typeorm';
import { PaymentEntity } from './payment.entity.ts';
import { PaymentPartEntity } from './payment-part.entity.ts';

/** A supplier's order as far as it is to be paid. */
export interface PayablePart {
  readonly supplierOrderId: string;
  readonly organizationId: string | null;
  readonly isHouse: boolean;
  readonly amount: string;
}

export class PaymentRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  find(id: string): Promise<PaymentEntity | null> {
    return this.#manager.findOneBy(PaymentEntity, { id });
  }

  ofOrders(orderIds: readonly string[]): Promise<PaymentEntity[]> {
    return this.#manager.findBy(PaymentEntity, { orderId: In(orderIds) });
  }

  /** Whoever changes anything of a payment holds it first. */
  async lock(id: string): Promise<PaymentEntity> {
    return this.#manager.findOneOrFail(PaymentEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** By its own id, the intent or the charge that Stripe knows it by. */
  async lockByStripe(by: { intentId?: string | null; chargeId?: string | null }): Promise<PaymentEntity | null> {
    const where = [
      ...(by.intentId ? [{ intentId: by.intentId }] : []),
      ...(by.chargeId ? [{ chargeId: by.chargeId }] : []),
    ];
    if (where.length === 0) return null;
    return this.#manager.findOne(PaymentEntity, { where, lock: { mode: 'pessimistic_write' } });
  }

  async lockOfPart(partId: string): Promise<{ payment: PaymentEntity; part: PaymentPartEntity }> {
    const { paymentId } = await this.#manager.findOneByOrFail(PaymentPartEntity, { id: partId });
    const payment = await this.lock(paymentId);
    return { payment, part: await this.#manager.findOneByOrFail(PaymentPartEntity, { id: partId }) };
  }

  findPart(id: string): Promise<PaymentPartEntity | null> {
    return this.#manager.findOneBy(PaymentPartEntity, { id });
  }

  findPartOfTransfer(transferId: string): Promise<PaymentPartEntity | null> {
    return this.#manager.findOneBy(PaymentPartEntity, { transferId });
  }

  partOfSupplierOrder(supplierOrderId: string): Promise<PaymentPartEntity | null> {
    return this.#manager.findOneBy(PaymentPartEntity, { supplierOrderId });
  }

  parts(paymentId: string): Promise<PaymentPartEntity[]> {
    return this.#manager.find(PaymentPartEntity, { where: { paymentId }, order: { id: 'ASC' } });
  }

  partsOf(paymentIds: readonly string[]): Promise<PaymentPartEntity[]> {
    return this.#manager.find(PaymentPartEntity, { where: { paymentId: In(paymentIds) }, order: { id: 'ASC' } });
  }

  partsOfSupplierOrders(ids: readonly string[]): Promise<PaymentPartEntity[]> {
    return this.#manager.findBy(PaymentPartEntity, { supplierOrderId: In(ids) });
  }

  findAll(ids: readonly string[]): Promise<PaymentEntity[]> {
    return this.#manager.findBy(PaymentEntity, { id: In(ids) });
  }

  /** What suppliers are to be paid for in an order: parts that were refused are not. */
  payableParts(orderId: string): Promise<PayablePart[]> {
    return this.#manager.query(
      `SELECT id AS "supplierOrderId", supplier_organization_id AS "organizationId", is_house AS "isHouse",
         total_amount AS amount
       FROM supplier_orders WHERE order_id = $1 AND status NOT IN ('REFUSED', 'CANCELLED', 'REJECTED') ORDER BY number`,
      [orderId],
    );
  }

  /** @returns null where the order has a payment already. */
  async insert(orderId: string, currency: string, amount: bigint): Promise<string | null> {
    const rows: { id: string }[] = await this.#manager.query(
      `INSERT INTO payments (order_id, currency, amount) VALUES ($1, $2, $3)
       ON CONFLICT (order_id) DO NOTHING RETURNING id`,
      [orderId, currency, amount.toString()],
    );
    return rows[0]?.id ?? null;
  }

  async insertParts(parts: readonly Partial<PaymentPartEntity>[]): Promise<void> {
    await this.#manager.insert(PaymentPartEntity, [...parts]);
  }

  async update(id: string, values: Partial<PaymentEntity>): Promise<void> {
    await this.#manager.update(PaymentEntity, { id }, values);
  }

  async updatePart(id: string, values: Partial<PaymentPartEntity>): Promise<void> {
    await this.#manager.update(PaymentPartEntity, { id }, values);
  }

  /** A try to ask for the money is over, and its key with it. */
  async endIntentTry({ id, intentTry }: PaymentEntity): Promise<void> {
    await this.#manager.update(PaymentEntity, { id, intentTry }, { intentTry: intentTry + 1 });
  }

  /** A try is over, and its key with it; another process may have said so before. */
  async endTransferTry({ id, transferTry }: PaymentPartEntity, transferFailure: string): Promise<void> {
    await this.#manager.update(
      PaymentPartEntity,
      { id, transferTry },
      { transferFailure, transferTry: transferTry + 1 },
    );
  }

  /** Transfers that nothing but the account kept back, or that Stripe refused, and were not tried for a while. */
  untransferred(before: Date, organizationId?: string): Promise<{ id: string }[]> {
    return this.#manager.query(
      `SELECT id FROM payment_parts
       WHERE owed_amount > 0 AND transfer_id IS NULL AND NOT is_house AND organization_id IS NOT NULL
         AND (tried_at IS NULL OR tried_at < $1) AND ($2::uuid IS NULL OR organization_id = $2) ORDER BY id LIMIT 1000`,
      [before, organizationId ?? null],
    );
  }

  /** Payments that wait for their card, or whose charge is not in our ledger, and were not asked after for a while. */
  unchecked(before: Date): Promise<PaymentEntity[]> {
    return this.#manager
      .createQueryBuilder(PaymentEntity, 'p')
      .where('p.intent_id IS NOT NULL AND p.checked_at < :before', { before })
      .andWhere(
        `(p.status = 'PENDING' OR (p.succeeded_at IS NOT NULL AND NOT EXISTS (
           SELECT FROM ledger_postings l WHERE l.payment_id = p.id AND l.kind = 'CHARGE')))`,
      )
      .orderBy('p.checked_at')
      .limit(500)
      .getMany();
  }

  /** Orders that wait for a payment that was never begun. */
  async unasked(before: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.#manager.query(
      `SELECT id FROM orders o WHERE status = 'AWAITING_PAYMENT' AND updated_at < $1
         AND NOT EXISTS (SELECT FROM payments p WHERE p.order_id = o.id) ORDER BY id LIMIT 500`,
      [before],
    );
    return rows.map(({ id }) => id);
  }
}
