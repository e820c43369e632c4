import type { Event } from '@gastronom/shared/jobs/event';
import type { EntityManager } from 'typeorm';
import { applySql } from './apply-facts.sql.ts';
import { scoresSql } from './scores.sql.ts';

export const periodNames = ['DAY', 'WEEK', 'MONTH', 'QUARTER'] as const;
export type PeriodName = (typeof periodNames)[number];

const lengths: Readonly<Record<PeriodName, string>> = {
  DAY: '1 day',
  WEEK: '7 days',
  MONTH: '1 month',
  QUARTER: '3 months',
};

/** One period of one supplier, counted and in shares; a share of nothing is null. */
export interface ScoreRow {
  readonly supplierId: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly orders: number;
  readonly promised: number;
  readonly onTimeOrders: number;
  readonly inFullOrders: number;
  readonly rejectedOrders: number;
  readonly lines: number;
  readonly invoices: number;
  readonly accurateInvoices: number;
  readonly priceVarianceAmount: string;
  readonly answers: number;
  readonly onTime: number | null;
  readonly inFull: number | null;
  readonly otif: number | null;
  readonly fillRate: number | null;
  readonly rejectedQuantity: number | null;
  readonly priceVariance: number | null;
  readonly invoiceAccuracy: number | null;
  readonly responseHours: number | null;
}

export class ScorecardRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Keeps events; those that came before are left as they are. */
  async insertFacts(events: readonly Event<unknown>[]): Promise<void> {
    await this.#manager.query(
      `INSERT INTO scorecard_facts (event_id, type, occurred_at, data)
       SELECT (e->>'id')::uuid, e->>'type', (e->>'occurredAt')::timestamptz, e->'data' FROM jsonb_array_elements($1::jsonb) AS e
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(events)],
    );
  }

  /** Brings the tables to what facts of a type say. */
  async apply(type: string, eventIds: readonly string[] | null): Promise<void> {
    for (const sql of applySql[type] ?? []) await this.#manager.query(sql, [eventIds]);
  }

  /** Makes the tables anew of all facts; who asks for scores meanwhile waits for none of it. */
  async rebuild(): Promise<number> {
    // What is told meanwhile waits, and is applied after it.
    await this.#manager.query('LOCK TABLE scorecard_facts IN SHARE MODE');
    for (const table of ['scored_orders', 'scored_deliveries', 'scored_invoices'])
      await this.#manager.query(`DELETE FROM ${table}`);
    for (const type of Object.keys(applySql)) await this.apply(type, null);
    const [{ count }] = await this.#manager.query('SELECT count(*)::int AS count FROM scorecard_facts');
    return count;
  }

  list(supplierIds: readonly string[], period: PeriodName, at: Date, count: number): Promise<ScoreRow[]> {
    return this.#manager.query(scoresSql, [supplierIds, period.toLowerCase(), lengths[period], at, count]);
  }

  /** Those of the suppliers that the buyer has ordered of. */
  async listTraded(supplierIds: readonly string[], kind: 'USER' | 'ORGANIZATION', buyerId: string): Promise<string[]> {
    const rows: { id: string }[] = await this.#manager.query(
      `SELECT wanted.id FROM unnest($1::uuid[]) AS wanted (id)
       WHERE EXISTS (SELECT FROM scored_orders o WHERE o.supplier_id = wanted.id AND o.buyer_kind = $2 AND o.buyer_id = $3)`,
      [supplierIds, kind, buyerId],
    );
    return rows.map(({ id }) => id);
  }
}
