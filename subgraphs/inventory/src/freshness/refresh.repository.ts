import type { EntityManager } from 'typeorm';
import { RefreshBreakerEntity } from './refresh-breaker.entity.ts';
import type { Breaker, Refresh } from './refresh-rules.ts';
import { WarehouseRefreshEntity } from './warehouse-refresh.entity.ts';

/** A warehouse, and how asking 1C for it went. */
export interface WarehouseToRefresh {
  readonly externalId: string;
  /** Null where the shop's usual time holds. */
  readonly freshMinutes: number | null;
  readonly refresh: Refresh;
}

/** The same, for staff to read. */
export interface FreshnessRow extends Omit<WarehouseToRefresh, 'externalId'> {
  readonly warehouseId: string;
  /** The newest moment that 1C has told of. */
  readonly asOf: Date | null;
  readonly breaker: Breaker;
}

// JSON would turn moments into texts; the driver makes dates of columns.
const refreshColumns = `warehouse.id AS "warehouseId", warehouse.fresh_minutes::float8 AS "freshMinutes",
  refresh.requested_at AS "requestedAt", refresh.answer_due_at AS "answerDueAt", refresh.answered_at AS "answeredAt",
  refresh.answered_as_of AS "answeredAsOf", coalesce(refresh.failures, 0) AS failures,
  refresh.next_attempt_at AS "nextAttemptAt", refresh.last_failure AS "lastFailure"`;

type RefreshRow = Refresh & Pick<WarehouseToRefresh, 'freshMinutes'>;

const refreshOf = (row: RefreshRow): Refresh => ({
  warehouseId: row.warehouseId,
  requestedAt: row.requestedAt,
  answerDueAt: row.answerDueAt,
  answeredAt: row.answeredAt,
  answeredAsOf: row.answeredAsOf,
  failures: row.failures,
  nextAttemptAt: row.nextAttemptAt,
  lastFailure: row.lastFailure,
});

export class RefreshRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  getBreaker(): Promise<Breaker> {
    return this.#manager.getRepository(RefreshBreakerEntity).findOneByOrFail({ id: true });
  }

  /** Keeps all others from asking 1C, and from noting how that went, until the transaction ends. */
  lockBreaker(): Promise<Breaker> {
    return this.#manager
      .getRepository(RefreshBreakerEntity)
      .findOneOrFail({ where: { id: true }, lock: { mode: 'pessimistic_write' } });
  }

  async updateBreaker(breaker: Breaker): Promise<void> {
    const { failures, openedAt, openUntil } = breaker;
    await this.#manager.getRepository(RefreshBreakerEntity).update({ id: true }, { failures, openedAt, openUntil });
  }

  /** Every warehouse, oldest first. A shop has a handful. */
  async listAll(): Promise<WarehouseToRefresh[]> {
    const rows: (RefreshRow & { externalId: string })[] = await this.#manager.query(
      `SELECT ${refreshColumns}, warehouse.external_id_1c AS "externalId"
       FROM warehouses AS warehouse LEFT JOIN warehouse_refreshes AS refresh ON refresh.warehouse_id = warehouse.id
       ORDER BY warehouse.id`,
    );
    return rows.map((row) => ({
      externalId: row.externalId,
      freshMinutes: row.freshMinutes,
      refresh: refreshOf(row),
    }));
  }

  async upsert(refreshes: readonly Refresh[]): Promise<void> {
    if (refreshes.length > 0)
      await this.#manager.getRepository(WarehouseRefreshEntity).upsert([...refreshes], ['warehouseId']);
  }

  /** Notes that 1C spoke of a warehouse; false when there is none. */
  async upsertAnswer(warehouseId: string, answeredAt: Date): Promise<boolean> {
    const noted: object[] = await this.#manager.query(
      `INSERT INTO warehouse_refreshes (warehouse_id, answered_at)
       SELECT id, $2 FROM warehouses WHERE id = $1
       ON CONFLICT (warehouse_id) DO UPDATE SET answered_at = excluded.answered_at
       RETURNING warehouse_id`,
      [warehouseId, answeredAt],
    );
    return noted.length > 0;
  }

  /** What there is to read of warehouses, in one statement. */
  async listFreshness(warehouseIds: readonly string[]): Promise<FreshnessRow[]> {
    const rows: (RefreshRow & { asOf: Date | null; breakerFailures: number } & Omit<Breaker, 'failures'>)[] =
      await this.#manager.query(
        `SELECT ${refreshColumns}, greatest(warehouse.complete_as_of, observed.observed_at) AS "asOf",
           breaker.failures AS "breakerFailures", breaker.opened_at AS "openedAt", breaker.open_until AS "openUntil"
         FROM warehouses AS warehouse
         CROSS JOIN refresh_breaker AS breaker
         LEFT JOIN warehouse_refreshes AS refresh ON refresh.warehouse_id = warehouse.id
         LEFT JOIN LATERAL (
           SELECT observed_at FROM sync_observations WHERE warehouse_id = warehouse.id ORDER BY observed_at DESC LIMIT 1
         ) AS observed ON true
         WHERE warehouse.id = ANY($1::bigint[])`,
        [warehouseIds],
      );
    return rows.map((row) => ({
      warehouseId: row.warehouseId,
      freshMinutes: row.freshMinutes,
      asOf: row.asOf,
      refresh: refreshOf(row),
      breaker: { failures: row.breakerFailures, openedAt: row.openedAt, openUntil: row.openUntil },
    }));
  }
}
