import { type EntityManager, In } from 'typeorm';
import { SyncRunEntity, type SyncRunStatusName } from './sync-run.entity.ts';

export interface RunFilter {
  readonly status?: SyncRunStatusName | null;
  readonly source?: string | null;
}

export interface RunPlace {
  readonly moment: string;
  readonly id: string;
}

export type NewRun = Pick<SyncRunEntity, 'source' | 'mode' | 'status' | 'warehouse' | 'singleCall' | 'actor'> &
  Partial<Pick<SyncRunEntity, 'id' | 'startedAt' | 'finishedAt'>>;

/** Namespace of the advisory locks on runs. */
const lockClass = 1_863;

export class SyncRunRepository {
  readonly #manager: EntityManager;
  readonly #runs;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#runs = manager.getRepository(SyncRunEntity);
  }

  findById(id: string): Promise<SyncRunEntity | null> {
    return this.#runs.findOneBy({ id });
  }

  listByIds(ids: readonly string[]): Promise<SyncRunEntity[]> {
    return this.#runs.findBy({ id: In([...ids]) });
  }

  /** Newest first, from behind the run at the cursor. */
  list(filter: RunFilter, size: number, after?: RunPlace): Promise<SyncRunEntity[]> {
    const query = this.#filtered(filter).orderBy('run.startedAt', 'DESC').addOrderBy('run.id', 'DESC').take(size);
    if (after) query.andWhere('(run.startedAt, run.id) < (:moment::timestamptz, :id::uuid)', after);
    return query.getMany();
  }

  count(filter: RunFilter): Promise<number> {
    return this.#filtered(filter).getCount();
  }

  async insert(run: NewRun): Promise<SyncRunEntity> {
    const { generatedMaps } = await this.#runs.createQueryBuilder().insert().values(run).returning('*').execute();
    return this.#runs.create({ ...run, ...generatedMaps[0] });
  }

  /** Changes a run and gives it back as it stands then. */
  async update(id: string, change: Partial<SyncRunEntity>): Promise<SyncRunEntity> {
    await this.#runs.update({ id }, change);
    return this.#runs.findOneByOrFail({ id });
  }

  /** Many batches may stand in a run at once; until they are through, nobody ends it. Held to the transaction's end. */
  async lockShared(id: string): Promise<void> {
    await this.#manager.query('SELECT pg_advisory_xact_lock_shared($1, hashtext($2))', [lockClass, id]);
  }

  /** Waits until no batch stands in the run, and lets none in. Held to the transaction's end. */
  async lockAlone(id: string): Promise<void> {
    await this.#manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [lockClass, id]);
  }

  /** A run that failed is finished once the last of its batches is healed. */
  async finishHealed(id: string): Promise<SyncRunEntity> {
    // Two that heal the last two batches at once: the second one, having waited here, sees the first one's work.
    await this.#manager.query('SELECT 1 FROM sync_runs WHERE id = $1 FOR UPDATE', [id]);
    await this.#manager.query(
      `UPDATE sync_runs SET status = 'FINISHED', finished_at = now()
       WHERE id = $1 AND status = 'FAILED'
         AND NOT EXISTS (SELECT 1 FROM sync_batches WHERE run_id = $1 AND status = 'FAILED')`,
      [id],
    );
    return this.#runs.findOneByOrFail({ id });
  }

  #filtered({ status, source }: RunFilter) {
    const query = this.#runs.createQueryBuilder('run');
    if (status) query.andWhere('run.status = :status', { status });
    if (source) query.andWhere('run.source = :source', { source });
    return query;
  }
}
