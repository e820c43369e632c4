import type { EntityManager } from 'typeorm';
import { ExchangeSessionEntity } from './exchange-session.entity.ts';

export type ExchangeRunKind = 'GOODS' | 'PRICES' | 'STOCKS';

export interface ExchangeRun {
  readonly sessionId: string;
  readonly runId: string;
  readonly kind: ExchangeRunKind;
}

export interface SessionPlace {
  readonly moment: string;
  readonly id: string;
}

/** Namespace of the advisory locks on sessions. */
const lockClass = 1_866;

export class ExchangeSessionRepository {
  readonly #manager: EntityManager;
  readonly #sessions;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#sessions = manager.getRepository(ExchangeSessionEntity);
  }

  async insert(tokenHash: Buffer, now: Date, expiresAt: Date): Promise<ExchangeSessionEntity> {
    const session = { tokenHash, startedAt: now, lastSeenAt: now, expiresAt };
    const { identifiers } = await this.#sessions.createQueryBuilder().insert().values(session).execute();
    return this.#sessions.findOneByOrFail({ id: String(identifiers[0]?.id) });
  }

  /** The session of a cookie, whose life is lengthened; null when there is none, or none any more. */
  touch(tokenHash: Buffer, now: Date, expiresAt: Date): Promise<ExchangeSessionEntity | null> {
    return this.#touched('token_hash = $3 AND expires_at > $1 AND cleared_at IS NULL', now, expiresAt, tokenHash);
  }

  /** The newest session that has not expired, for a caller who sends name and password in place of the cookie. */
  touchNewest(now: Date, expiresAt: Date): Promise<ExchangeSessionEntity | null> {
    const newest = `id = (SELECT id FROM exchange_sessions WHERE expires_at > $1 AND cleared_at IS NULL
       ORDER BY started_at DESC, id DESC LIMIT 1) AND $3::bytea IS NULL`;
    return this.#touched(newest, now, expiresAt, null);
  }

  async #touched(
    which: string,
    now: Date,
    expiresAt: Date,
    tokenHash: Buffer | null,
  ): Promise<ExchangeSessionEntity | null> {
    const [rows] = await this.#manager.query<[{ id: string }[], number]>(
      `UPDATE exchange_sessions SET last_seen_at = $1, expires_at = greatest(expires_at, $2)
       WHERE ${which} RETURNING id`,
      [now, expiresAt, tokenHash],
    );
    const id = rows[0]?.id;
    return id === undefined ? null : this.#sessions.findOneBy({ id });
  }

  /** Nobody else changes the session's files until the transaction ends. The row itself stays free for log-ins. */
  async lock(id: string): Promise<ExchangeSessionEntity> {
    await this.#manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [lockClass, id]);
    return this.#sessions.findOneByOrFail({ id });
  }

  async addBytes(id: string, bytes: number): Promise<void> {
    await this.#manager.query('UPDATE exchange_sessions SET bytes = bytes + $2 WHERE id = $1', [id, bytes]);
  }

  async insertRun({ sessionId, runId, kind }: ExchangeRun): Promise<void> {
    await this.#manager.query('INSERT INTO exchange_runs (session_id, run_id, kind) VALUES ($1, $2, $3)', [
      sessionId,
      runId,
      kind,
    ]);
  }

  /** In the order in which they were begun. */
  listRuns(sessionIds: readonly string[]): Promise<ExchangeRun[]> {
    return this.#manager.query(
      `SELECT session_id AS "sessionId", run_id AS "runId", kind FROM exchange_runs
       WHERE session_id = ANY ($1::uuid[]) ORDER BY number`,
      [sessionIds],
    );
  }

  /** Newest first, from behind the session at the cursor. */
  list(size: number, after?: SessionPlace): Promise<ExchangeSessionEntity[]> {
    const query = this.#sessions
      .createQueryBuilder('session')
      .orderBy('session.startedAt', 'DESC')
      .addOrderBy('session.id', 'DESC')
      .take(size);
    if (after) query.where('(session.startedAt, session.id) < (:moment::timestamptz, :id::uuid)', after);
    return query.getMany();
  }

  count(): Promise<number> {
    return this.#sessions.count();
  }

  async listExpired(now: Date): Promise<string[]> {
    const rows = await this.#manager.query<{ id: string }[]>(
      'SELECT id FROM exchange_sessions WHERE expires_at <= $1 AND cleared_at IS NULL ORDER BY id',
      [now],
    );
    return rows.map(({ id }) => id);
  }

  /** Throws the files' contents away; what they were stays for admins to see. */
  async clear(id: string, now: Date): Promise<void> {
    await this.#manager.query(
      'DELETE FROM exchange_chunks WHERE file_id IN (SELECT id FROM exchange_files WHERE session_id = $1)',
      [id],
    );
    await this.#manager.query('UPDATE exchange_sessions SET cleared_at = $2 WHERE id = $1', [id, now]);
  }

  async deleteStartedBefore(moment: Date): Promise<void> {
    await this.#manager.query('DELETE FROM exchange_sessions WHERE started_at < $1 AND cleared_at IS NOT NULL', [
      moment,
    ]);
  }
}
