import type { EntityManager } from 'typeorm';
import {
  availableOnlineSql,
  type FreshnessRule,
  factParameters,
  type StockGood,
} from '../product/stock-summary.sql.ts';
import type { AnnouncedAvailability, AvailabilityChange } from './availability-changed.event.ts';

/** What can be ordered of a good now, and what was last told of it. */
export interface AvailabilityRow {
  readonly sku: string;
  readonly availableOnline: number;
  /** Whether 1C has ever counted it. */
  readonly isCounted: boolean;
  readonly announced: AnnouncedAvailability | null;
}

const lockName = 'inventory.announce';

// What is stale does not matter here.
const noFreshness: FreshnessRule = { at: new Date(0), freshMinutes: 1 };

export class AvailabilityRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /**
   * One announces at a time, to the end of its transaction: who comes later sees what is true later, so that the last
   * word is the newest. Rows would not do for a lock, as most goods have none before their first announcement.
   */
  async lock(): Promise<void> {
    await this.#manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [lockName]);
  }

  list(goods: readonly StockGood[], bufferDefault: number): Promise<AvailabilityRow[]> {
    return this.#manager.query(
      `SELECT fact.sku, (${availableOnlineSql('coalesce(fact.global_buffer, $6::numeric)')})::float8 AS "availableOnline",
         fact.quantity IS NOT NULL AS "isCounted",
         CASE WHEN announced.product_sku IS NOT NULL THEN
           json_build_object('status', announced.status, 'availableOnline', announced.available_online)
         END AS announced
       FROM stock_facts($1, $2, $3, $4, $5) AS fact
       LEFT JOIN availability_announced AS announced ON announced.product_sku = fact.sku
       ORDER BY fact.sku`,
      [...factParameters(goods, noFreshness), bufferDefault],
    );
  }

  async upsertAnnounced(changes: readonly AvailabilityChange[], announcedAt: Date): Promise<void> {
    await this.#manager.query(
      `INSERT INTO availability_announced AS announced (product_sku, available_online, status, announced_at)
       SELECT sku, available_online, status, $4
       FROM unnest($1::text[], $2::numeric[], $3::text[]) AS given(sku, available_online, status)
       ORDER BY sku
       ON CONFLICT (product_sku) DO UPDATE SET available_online = excluded.available_online, status = excluded.status,
         announced_at = excluded.announced_at`,
      [
        changes.map(({ sku }) => sku),
        changes.map(({ after }) => after.availableOnline),
        changes.map(({ after }) => after.status),
        announcedAt,
      ],
    );
  }
}
