import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { OneCDeliveryEntity, type OneCDeliveryStatusName } from './one-c-delivery.entity.ts';

export type NewDelivery = Pick<
  OneCDeliveryEntity,
  'receivedAt' | 'contentType' | 'body' | 'size' | 'bodyHash' | 'tokenHash' | 'webhookId' | 'status'
> &
  Partial<Pick<OneCDeliveryEntity, 'failureCode' | 'failureMessage'>>;

/** The parts of one snapshot whose rows are in. */
export interface SnapshotParts {
  readonly runId: string | null;
  readonly items: number;
  /** What the sender says that all hold together; null where no part says it. */
  readonly total: number | null;
  /** Whether the part that ends the snapshot is among them. */
  readonly hasEnd: boolean;
  /** Parts that came before the end and are not applied. */
  readonly unapplied: number;
}

const applied = `('APPLIED', 'PARTLY_APPLIED', 'HELD')`;

/** The advisory lock under which deliveries are begun. */
const lockClass = 1_865;

/** A held delivery stands as its run does: an admin may have let the run go on, or broken it off. */
const statusSql = `CASE WHEN delivery.status <> 'HELD' THEN delivery.status
  ELSE (SELECT CASE run.status WHEN 'FINISHED' THEN 'APPLIED' WHEN 'CANCELLED' THEN 'PARTLY_APPLIED' ELSE 'HELD' END
    FROM sync_runs AS run WHERE run.id = delivery.run_id) END`;

export class OneCDeliveryRepository {
  readonly #manager: EntityManager;
  readonly #deliveries;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#deliveries = manager.getRepository(OneCDeliveryEntity);
  }

  async insert(delivery: NewDelivery): Promise<string> {
    const { identifiers } = await this.#deliveries.createQueryBuilder().insert().values(delivery).execute();
    return String(identifiers[0]?.id);
  }

  async findById(id: string): Promise<OneCDeliveryEntity | null> {
    const [delivery] = await this.#read(this.#standing().where('delivery.id = :id', { id }));
    return delivery ?? null;
  }

  /** With its body, which no other reader needs. */
  findWithBody(id: string): Promise<OneCDeliveryEntity | null> {
    return this.#deliveries.createQueryBuilder('delivery').addSelect('delivery.body').where({ id }).getOne();
  }

  /** Nobody else changes it until the transaction ends. */
  lock(id: string): Promise<OneCDeliveryEntity | null> {
    return this.#deliveries.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  listBodies(ids: readonly string[]): Promise<Pick<OneCDeliveryEntity, 'id' | 'body' | 'contentType'>[]> {
    return this.#manager.query(
      'SELECT id, body, content_type AS "contentType" FROM one_c_deliveries WHERE id = ANY ($1::bigint[])',
      [ids],
    );
  }

  /** Newest first, from behind the delivery at the cursor. */
  list(status: OneCDeliveryStatusName | null, size: number, after?: string): Promise<OneCDeliveryEntity[]> {
    const query = this.#standing(status).orderBy('delivery.id', 'DESC').limit(size);
    if (after) query.andWhere('delivery.id < :after::bigint', { after });
    return this.#read(query);
  }

  count(status: OneCDeliveryStatusName | null): Promise<number> {
    return this.#standing(status).getCount();
  }

  async update(id: string, change: Partial<OneCDeliveryEntity>): Promise<void> {
    await this.#deliveries.update({ id }, change);
  }

  /** One more try, told by the row so that no other counts the same. */
  async updateAttempts(id: string): Promise<void> {
    await this.#deliveries.increment({ id }, 'attempts', 1);
  }

  /**
   * Another delivery that said the same and was applied or is on its way: the same message, or the same bytes about the
   * same moment.
   */
  async findSame(
    { id, webhookId, bodyHash, tokenHash }: OneCDeliveryEntity,
    namesItsMoment: boolean,
  ): Promise<string | null> {
    const [row] = await this.#manager.query<{ id: string }[]>(
      `SELECT id FROM one_c_deliveries
       WHERE id <> $1 AND (status IN ${applied} OR status = 'RECEIVED' AND run_id IS NOT NULL)
         AND (webhook_id = $2 OR $5::boolean AND body_hash = $3 AND token_hash IS NOT DISTINCT FROM $4)
       ORDER BY id LIMIT 1`,
      [id, webhookId, bodyHash, tokenHash, namesItsMoment],
    );
    return row?.id ?? null;
  }

  /** Only one delivery at a time looks at what others said. Held to the transaction's end. */
  async lockBeginning(): Promise<void> {
    await this.#manager.query('SELECT pg_advisory_xact_lock($1, 0)', [lockClass]);
  }

  /** The run of a snapshot that came in parts, while it takes more of them. */
  async findSnapshotRun(key: Buffer): Promise<string | null> {
    const [row] = await this.#manager.query<{ runId: string }[]>(
      `SELECT run.id AS "runId" FROM one_c_deliveries AS part JOIN sync_runs AS run ON run.id = part.run_id
       WHERE part.snapshot_key = $1 AND run.mode = 'SNAPSHOT' AND run.status = 'RUNNING' LIMIT 1`,
      [key],
    );
    return row?.runId ?? null;
  }

  /** What has come of a run's snapshot. Parts of its token that are not applied count as missing. */
  async partsOfRun(runId: string): Promise<SnapshotParts> {
    const [parts] = await this.#manager.query<Omit<SnapshotParts, 'runId'>[]>(
      `WITH parts AS (
         SELECT * FROM one_c_deliveries WHERE run_id = $1 AND applied IS NOT NULL
       ), ended AS (
         SELECT id, token_hash FROM parts WHERE complete ORDER BY id DESC LIMIT 1
       )
       SELECT coalesce(sum(items), 0)::int AS items, max(total) AS total, coalesce(bool_or(complete), false) AS "hasEnd",
         (SELECT count(*)::int FROM one_c_deliveries AS other JOIN ended ON other.token_hash = ended.token_hash
          WHERE other.id < ended.id AND other.status IN ('RECEIVED', 'FAILED') AND other.applied IS NULL) AS unapplied
       FROM parts`,
      [runId],
    );
    return { items: 0, total: null, hasEnd: false, unapplied: 0, ...parts, runId };
  }

  /** The parts of a snapshot that waited for others stand as its run does, now that it is over. */
  async updateParts(runId: string, status: OneCDeliveryStatusName): Promise<void> {
    await this.#manager.query(
      `UPDATE one_c_deliveries
       SET status = CASE WHEN rejected > 0 AND $2 = 'APPLIED' THEN 'PARTLY_APPLIED' ELSE $2 END,
         failure_code = NULL, failure_message = NULL
       WHERE run_id = $1 AND status IN ${applied}`,
      [runId, status],
    );
  }

  /** The part that should have ended a snapshot says why it could not. */
  async updateIncomplete(runId: string, message: string): Promise<void> {
    await this.#manager.query(
      `UPDATE one_c_deliveries
       SET status = 'PARTLY_APPLIED', failure_code = 'INCOMPLETE_SNAPSHOT', failure_message = $2
       WHERE run_id = $1 AND complete AND status IN ${applied}`,
      [runId, message],
    );
  }

  /** What was applied is forgotten at the first moment, what was not at the second. */
  async deleteBefore(applied: Date, unapplied: Date): Promise<void> {
    await this.#manager.query(
      `DELETE FROM one_c_deliveries
       WHERE received_at < $2 OR received_at < $1 AND status IN ('APPLIED', 'DUPLICATE')`,
      [applied, unapplied],
    );
  }

  /** Snapshots that wait for parts which have not come since a moment. */
  async listAbandonedRuns(since: Date): Promise<string[]> {
    const rows = await this.#manager.query<{ id: string }[]>(
      `SELECT run.id FROM sync_runs AS run
       WHERE run.mode = 'SNAPSHOT' AND run.status = 'RUNNING' AND run.started_at < $1
         AND EXISTS (SELECT FROM one_c_deliveries WHERE run_id = run.id)
         AND NOT EXISTS (SELECT FROM one_c_deliveries WHERE run_id = run.id AND received_at >= $1)`,
      [since],
    );
    return rows.map(({ id }) => id);
  }

  #standing(status?: OneCDeliveryStatusName | null): SelectQueryBuilder<OneCDeliveryEntity> {
    const query = this.#deliveries.createQueryBuilder('delivery').addSelect(statusSql, 'standing');
    if (status) query.where(`${statusSql} = :status`, { status });
    return query;
  }

  async #read(query: SelectQueryBuilder<OneCDeliveryEntity>): Promise<OneCDeliveryEntity[]> {
    const { entities, raw } = await query.getRawAndEntities<{ standing: OneCDeliveryStatusName }>();
    entities.forEach((delivery, i) => {
      delivery.status = raw[i]?.standing ?? delivery.status;
    });
    return entities;
  }
}
