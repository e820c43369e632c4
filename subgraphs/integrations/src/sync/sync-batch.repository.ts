import type { EntityManager } from 'typeorm';
import { type BatchKind, SyncBatchEntity } from './sync-batch.entity.ts';

export type NewBatch = Omit<SyncBatchEntity, 'id' | 'receivedAt'>;

/** A batch that another subgraph did not apply. */
export interface FailedBatch {
  readonly kind: BatchKind;
  readonly idempotencyKey: string | null;
  readonly received: number;
  readonly receivedAt: Date;
}

/** What the end of a run must know of its batches. */
export interface RunFacts {
  readonly batches: number;
  readonly hasProducts: boolean;
  readonly hasStock: boolean;
  readonly observedFrom: Date | null;
  readonly failed: readonly FailedBatch[];
}

export interface RunCounts {
  readonly runId: string;
  readonly received: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly stale: number;
  readonly parked: number;
  readonly rejected: number;
  readonly failedBatches: number;
  readonly failure: string | null;
}

export class SyncBatchRepository {
  readonly #manager: EntityManager;
  readonly #batches;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#batches = manager.getRepository(SyncBatchEntity);
  }

  /** The same call twice at once: the second waits until the first has its answer. Held to the transaction's end. */
  async lockCall(identity: bigint): Promise<void> {
    await this.#manager.query('SELECT pg_advisory_xact_lock($1)', [identity.toString()]);
  }

  findByKey(source: string, kind: BatchKind, idempotencyKey: string): Promise<SyncBatchEntity | null> {
    return this.#batches.findOneBy({ source, kind, idempotencyKey });
  }

  /** The last batch with the same content and no key: one that was not applied, or one received since. */
  findByFingerprint(fingerprint: Buffer, since: Date): Promise<SyncBatchEntity | null> {
    return this.#batches
      .createQueryBuilder('batch')
      .where('batch.fingerprint = :fingerprint AND batch.idempotencyKey IS NULL', { fingerprint })
      .andWhere(`(batch.status = 'FAILED' OR batch.receivedAt >= :since)`, { since })
      .orderBy('batch.id', 'DESC')
      .limit(1)
      .getOne();
  }

  /** Whether anything newer was about the same goods: a later batch, or the end of a snapshot of their source. */
  async wasTouchedSince(batch: Pick<SyncBatchEntity, 'id' | 'skus' | 'source' | 'receivedAt'>): Promise<boolean> {
    const { id, skus, source, receivedAt } = batch;
    const [row] = await this.#manager.query<{ touched: boolean }[]>(
      `SELECT EXISTS (
         SELECT 1 FROM sync_batches AS later CROSS JOIN LATERAL json_array_elements_text(later.skus) AS sku
         WHERE later.id > $1 AND sku = ANY ($2::text[])
       ) OR EXISTS (
         SELECT 1 FROM sync_runs
         WHERE source = $3 AND mode = 'SNAPSHOT' AND hidden + zeroed > 0 AND finished_at >= $4
       ) AS touched`,
      [id, skus, source, receivedAt],
    );
    return row?.touched ?? false;
  }

  async insert(batch: NewBatch): Promise<string> {
    const { identifiers } = await this.#batches.createQueryBuilder().insert().values(batch).execute();
    return String(identifiers[0]?.id);
  }

  async delete(id: string): Promise<void> {
    await this.#batches.delete({ id });
  }

  async factsOfRun(runId: string): Promise<RunFacts> {
    const [facts] = await this.#manager.query<Omit<RunFacts, 'failed'>[]>(
      `SELECT count(*)::int AS batches, coalesce(bool_or(kind = 'PRODUCTS'), false) AS "hasProducts",
         coalesce(bool_or(has_stock), false) AS "hasStock", min(observed_at) AS "observedFrom"
       FROM sync_batches WHERE run_id = $1`,
      [runId],
    );
    const failed = await this.#batches.find({ where: { runId, status: 'FAILED' }, order: { id: 'ASC' } });
    return { batches: 0, hasProducts: false, hasStock: false, observedFrom: null, ...facts, failed };
  }

  countsOfRuns(runIds: readonly string[]): Promise<RunCounts[]> {
    return this.#manager.query(
      `SELECT run_id AS "runId", sum(received)::int AS received, sum(created)::int AS created,
         sum(updated)::int AS updated, sum(unchanged)::int AS unchanged, sum(stale)::int AS stale,
         sum(parked)::int AS parked, sum(rejected)::int AS rejected,
         (count(*) FILTER (WHERE status = 'FAILED'))::int AS "failedBatches",
         (array_agg(failure ORDER BY id DESC) FILTER (WHERE status = 'FAILED'))[1] AS failure
       FROM sync_batches WHERE run_id = ANY ($1::uuid[]) GROUP BY run_id`,
      [runIds],
    );
  }
}
