import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** Namespace of the lock under which the requests that are on their way are counted. */
const lockClass = 1_864;

export interface NewTrigger {
  readonly eventId: string;
  readonly token: string;
  readonly warehouseId: string;
  readonly externalId: string;
  readonly requestedAt: Date;
}

/** What a token in a callback's address stands for. */
export interface OneCTrigger {
  readonly id: string;
  readonly warehouseId: string;
  readonly externalId: string;
  readonly requestedAt: Date;
}

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Each time that 1C was asked for stock. */
export class OneCTriggerRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** When 1C took a request for this event, if it did. */
  async findAccepted(eventId: string): Promise<Date | null> {
    const [row] = await this.#manager.query<{ accepted_at: Date }[]>(
      'SELECT accepted_at FROM one_c_triggers WHERE event_id = $1 AND accepted_at IS NOT NULL LIMIT 1',
      [eventId],
    );
    return row?.accepted_at ?? null;
  }

  async findByTokenHash(tokenHash: Buffer): Promise<OneCTrigger | null> {
    const [row] = await this.#manager.query<OneCTrigger[]>(
      `SELECT id, warehouse_id AS "warehouseId", external_id AS "externalId", requested_at AS "requestedAt"
       FROM one_c_triggers WHERE token_hash = $1`,
      [tokenHash],
    );
    return row ?? null;
  }

  /**
   * Notes a request that is about to be sent, unless as many are on their way as 1C bears, from whichever process. To be
   * called in a transaction of its own.
   * @returns its id, or nothing.
   */
  async insertIfFree(trigger: NewTrigger, most: number, lastsMs: number): Promise<string | undefined> {
    await this.#manager.query('SELECT pg_advisory_xact_lock($1, 0)', [lockClass]);
    const [row] = await this.#manager.query<{ id: string }[]>(
      `INSERT INTO one_c_triggers (event_id, token_hash, warehouse_id, external_id, requested_at, sending_until)
       SELECT $1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6)
       WHERE (SELECT count(*) FROM one_c_triggers WHERE sending_until > clock_timestamp()) < $7
       RETURNING id`,
      [
        trigger.eventId,
        hashToken(trigger.token),
        trigger.warehouseId,
        trigger.externalId,
        trigger.requestedAt,
        lastsMs / 1000,
        most,
      ],
    );
    return row?.id;
  }

  /** The request is through. */
  async updateSent(id: string, accepted: boolean): Promise<void> {
    await this.#manager.query(
      `UPDATE one_c_triggers SET sending_until = NULL, accepted_at = CASE WHEN $2 THEN now() END WHERE id = $1`,
      [id, accepted],
    );
  }

  /** The token has served. */
  async updateSpent(tokenHash: Buffer): Promise<void> {
    await this.#manager.query('UPDATE one_c_triggers SET spent_at = now() WHERE token_hash = $1 AND spent_at IS NULL', [
      tokenHash,
    ]);
  }

  async deleteBefore(moment: Date): Promise<void> {
    await this.#manager.query('DELETE FROM one_c_triggers WHERE created_at < $1', [moment]);
  }
}
