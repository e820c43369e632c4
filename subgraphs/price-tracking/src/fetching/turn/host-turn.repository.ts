import type { EntityManager } from 'typeorm';
import type { HostTurns, Turn, TurnWish } from './host-turns.ts';

interface Wait {
  readonly waitMs: number;
}

/** Turns of all processes, by the clock of the database that they share. */
export class HostTurnRepository implements HostTurns {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** One statement, so that no two have the same turn. */
  async reserve(host: string, { delayMs, longestWaitMs }: TurnWish): Promise<Turn> {
    const [reserved] = await this.#manager.query<Wait[]>(
      `INSERT INTO host_turns AS turn (host, next_at) VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
       ON CONFLICT (host) DO UPDATE
       SET next_at = greatest(turn.next_at, clock_timestamp()) + $2 * interval '1 millisecond'
       WHERE turn.next_at <= clock_timestamp() + $3 * interval '1 millisecond'
       RETURNING (extract(epoch FROM next_at - clock_timestamp()) * 1000)::float8 - $2 AS "waitMs"`,
      [host, delayMs, longestWaitMs],
    );
    if (reserved) return { waitMs: Math.max(0, Math.floor(reserved.waitMs)), isTooLate: false };
    return { waitMs: await this.#waitFor(host), isTooLate: true };
  }

  async postpone(host: string, ms: number): Promise<void> {
    await this.#manager.query(
      `INSERT INTO host_turns AS turn (host, next_at) VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
       ON CONFLICT (host) DO UPDATE SET next_at = greatest(turn.next_at, excluded.next_at)`,
      [host, ms],
    );
  }

  /** Hosts that nobody has asked for a day. @returns how many. */
  async deletePassed(): Promise<number> {
    const [, count] = await this.#manager.query<[unknown[], number]>(
      `DELETE FROM host_turns WHERE next_at < clock_timestamp() - interval '1 day'`,
    );
    return count;
  }

  async #waitFor(host: string): Promise<number> {
    const [turn] = await this.#manager.query<Wait[]>(
      `SELECT (extract(epoch FROM next_at - clock_timestamp()) * 1000)::float8 AS "waitMs" FROM host_turns WHERE host = $1`,
      [host],
    );
    return Math.max(0, Math.ceil(turn?.waitMs ?? 0));
  }
}
