import { type EntityManager, In } from 'typeorm';
import { FindingEntity } from './finding.entity.ts';
import { ReconciliationEntity } from './reconciliation.entity.ts';

export type Finding = Omit<FindingEntity, 'reconciliationId'>;

export class ReconciliationRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async insert(values: Partial<ReconciliationEntity>, findings: readonly Finding[]): Promise<ReconciliationEntity> {
    const { identifiers } = await this.#manager.insert(ReconciliationEntity, values);
    const id = String(identifiers[0]?.id);
    await this.#manager.insert(
      FindingEntity,
      findings.map((finding) => ({ ...finding, reconciliationId: id })),
    );
    return this.#manager.findOneByOrFail(ReconciliationEntity, { id });
  }

  list(size: number, after?: { moment: string; id: string }): Promise<ReconciliationEntity[]> {
    const query = this.#manager
      .createQueryBuilder(ReconciliationEntity, 'r')
      .orderBy('r.finished_at', 'DESC')
      .addOrderBy('r.id', 'DESC')
      .limit(size);
    if (after) query.where('(r.finished_at, r.id) < (:moment, :id)', after);
    return query.getMany();
  }

  /** What was left over when the books were compared last. */
  async countLastFindings(): Promise<number> {
    const [last] = await this.list(1);
    return last ? this.#manager.countBy(FindingEntity, { reconciliationId: last.id }) : 0;
  }

  findings(ids: readonly string[]): Promise<FindingEntity[]> {
    return this.#manager.find(FindingEntity, {
      where: { reconciliationId: In(ids) },
      order: { balanceTransaction: 'ASC' },
    });
  }
}
