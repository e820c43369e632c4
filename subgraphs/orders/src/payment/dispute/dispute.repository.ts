import { type EntityManager, In, LessThan } from 'typeorm';
import { DisputeEntity } from './dispute.entity.ts';

export class DisputeRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  find(id: string): Promise<DisputeEntity | null> {
    return this.#manager.findOneBy(DisputeEntity, { id });
  }

  ofPayments(paymentIds: readonly string[]): Promise<DisputeEntity[]> {
    return this.#manager.findBy(DisputeEntity, { paymentId: In(paymentIds) });
  }

  save(row: DisputeEntity): Promise<DisputeEntity> {
    return this.#manager.save(DisputeEntity, row);
  }

  open(checkedBefore: Date): Promise<DisputeEntity[]> {
    return this.#manager.find(DisputeEntity, {
      where: { status: 'OPEN', checkedAt: LessThan(checkedBefore) },
      order: { checkedAt: 'ASC' },
      take: 200,
    });
  }

  list(size: number, after?: { moment: string; id: string }): Promise<DisputeEntity[]> {
    const query = this.#manager
      .createQueryBuilder(DisputeEntity, 'd')
      .orderBy('d.created_at', 'DESC')
      .addOrderBy('d.id', 'DESC')
      .limit(size);
    if (after) query.where('(d.created_at, d.id) < (:moment, :id)', after);
    return query.getMany();
  }
}
