import { type EntityManager, In } from 'typeorm';
import { DisputeEntity } from '../dispute/dispute.entity.ts';
import { RefundEntity } from './refund.entity.ts';

export class RefundRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  find(id: string): Promise<RefundEntity | null> {
    return this.#manager.findOneBy(RefundEntity, { id });
  }

  findByKey(partId: string, idempotencyKey: string): Promise<RefundEntity | null> {
    return this.#manager.findOneBy(RefundEntity, { partId, idempotencyKey });
  }

  /** What Stripe's refund is here: by its id, or by the name that we gave it. */
  async findByStripe(paymentId: string, stripeId: string, ownId: string | undefined): Promise<RefundEntity | null> {
    const known = await this.#manager.findOneBy(RefundEntity, { stripeId });
    return known ?? (ownId ? this.#manager.findOneBy(RefundEntity, { id: ownId, paymentId }) : null);
  }

  ofPayments(paymentIds: readonly string[]): Promise<RefundEntity[]> {
    return this.#manager.find(RefundEntity, {
      where: { paymentId: In(paymentIds) },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
  }

  async insert(values: Partial<RefundEntity>): Promise<RefundEntity> {
    const { identifiers } = await this.#manager.insert(RefundEntity, { try: 0, ...values });
    return this.#manager.findOneByOrFail(RefundEntity, { id: identifiers[0]?.id });
  }

  async update(id: string, values: Partial<RefundEntity>): Promise<void> {
    await this.#manager.update(RefundEntity, { id }, values);
  }

  /** A try is over, and its key with it; another process may have said so before. */
  async endTry(id: string, number: number, values: Partial<RefundEntity>): Promise<void> {
    await this.#manager.update(RefundEntity, { id, try: number }, { ...values, try: number + 1 });
  }

  /** One that failed, and was not tried by another since. */
  lockFailed(id: string): Promise<RefundEntity | null> {
    const where = { id, status: 'FAILED', voidAmount: 0n } as const;
    return this.#manager.findOne(RefundEntity, { where, lock: { mode: 'pessimistic_write' } });
  }

  /** What Stripe has paid back or is paying back. */
  async paidBack(paymentId: string): Promise<bigint> {
    const [row]: { sum: string }[] = await this.#manager.query(
      `SELECT coalesce(sum(amount), 0)::text AS sum FROM payment_refunds
       WHERE payment_id = $1 AND status IN ('PROCESSING', 'SUCCEEDED')`,
      [paymentId],
    );
    return BigInt(row?.sum ?? 0);
  }

  disputes(paymentId: string): Promise<DisputeEntity[]> {
    return this.#manager.findBy(DisputeEntity, { paymentId });
  }

  /** Of a payment, or of all that were not tried for a while. */
  open(by: { paymentId: string } | { triedBefore: Date }): Promise<RefundEntity[]> {
    const query = this.#manager
      .createQueryBuilder(RefundEntity, 'r')
      .where(`r.status IN ('PENDING', 'PROCESSING')`)
      .orderBy('r.id')
      .limit(1000);
    if ('paymentId' in by) return query.andWhere('r.payment_id = :paymentId', by).getMany();
    return query.andWhere('coalesce(r.tried_at, r.created_at) < :triedBefore', by).getMany();
  }
}
