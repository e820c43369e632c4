import type { EntityManager } from 'typeorm';
import { PaymentPartEntity } from '../payment-part.entity.ts';
import { ReversalEntity } from './reversal.entity.ts';

export class ReversalRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  find(id: string): Promise<ReversalEntity | null> {
    return this.#manager.findOneBy(ReversalEntity, { id });
  }

  async findByStripe(partId: string, stripeId: string, ownId: string | undefined): Promise<ReversalEntity | null> {
    const known = await this.#manager.findOneBy(ReversalEntity, { stripeId });
    return known ?? (ownId ? this.#manager.findOneBy(ReversalEntity, { id: ownId, partId }) : null);
  }

  /** Of a part whose payment is held; the part counts it at once. */
  async insert(part: PaymentPartEntity, amount: bigint, stripeId: string | null = null): Promise<string> {
    const { identifiers } = await this.#manager.insert(ReversalEntity, { partId: part.id, amount, stripeId, try: 0 });
    part.reversedAmount += amount;
    await this.#manager.update(PaymentPartEntity, { id: part.id }, { reversedAmount: part.reversedAmount });
    return String(identifiers[0]?.id);
  }

  async update(id: string, values: Partial<ReversalEntity>): Promise<void> {
    await this.#manager.update(ReversalEntity, { id }, values);
  }

  async endTry(id: string, number: number, failure: string): Promise<void> {
    await this.#manager.update(ReversalEntity, { id, try: number }, { failure, try: number + 1 });
  }

  unmade(triedBefore: Date): Promise<ReversalEntity[]> {
    return this.#manager
      .createQueryBuilder(ReversalEntity, 'r')
      .where('r.stripe_id IS NULL AND coalesce(r.tried_at, r.created_at) < :triedBefore', { triedBefore })
      .orderBy('r.id')
      .limit(1000)
      .getMany();
  }
}
