import { plainArray } from '@gastronom/shared/database/array-literal';
import { readQuickly } from '@gastronom/shared/database/read-quickly';
import type { EntityManager } from 'typeorm';
import { asOfSql } from '../stock/as-of.sql.ts';
import type { WarehouseEntity } from '../warehouse/warehouse.entity.ts';
import { availableOnlineSql, type FreshnessRule, factParameters, type StockGood } from './stock-summary.sql.ts';

/** A good, and whether its rows are wanted or their sum alone. */
export interface SummaryRequest extends StockGood {
  readonly withRows: boolean;
}

export interface StockRowView {
  readonly id: string;
  readonly quantity: number;
  readonly parked: boolean;
  readonly asOf: string;
  readonly observedAt: string;
  readonly updatedAt: string;
  readonly source: string;
  readonly runId: string;
  /** Dates as texts, as JSON has them. */
  readonly warehouse: Omit<WarehouseEntity, 'completeAsOf' | 'completeSource' | 'createdAt'> & {
    readonly completeAsOf: string | null;
    readonly createdAt: string;
  };
}

export interface StockSummary {
  readonly availableOnline: number;
  readonly asOf: Date | null;
  /** Ids of the warehouses whose count of it is older than its lifetime; null for none. */
  readonly staleWarehouses: readonly string[] | null;
  /** Null unless they were asked for. */
  readonly rows: readonly StockRowView[] | null;
}

// Decimals are added up as decimals; the sum alone becomes a float, which then prints as it reads.
const summary = `(${availableOnlineSql('coalesce(fact.global_buffer, $6::numeric)')})::float8 AS "availableOnline",
  fact.as_of AS "asOf", fact.stale_warehouses AS "staleWarehouses"`;

const summariesSql = `SELECT ${summary}, NULL AS rows FROM stock_facts($1, $2, $3, $4, $5) AS fact`;

const summariesWithRowsSql = `
SELECT ${summary}, CASE WHEN wanted.rows THEN coalesce(held.rows, '[]') END AS rows
FROM stock_facts($1, $2, $3, $4, $5) AS fact
JOIN unnest($7::boolean[]) WITH ORDINALITY AS wanted(rows, place) ON wanted.place = fact.place
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object(
      'id', stock.id::text, 'quantity', stock.quantity, 'parked', stock.parked,
      'asOf', ${asOfSql('stock', 'warehouse')}, 'observedAt', stock.observed_at, 'updatedAt', stock.updated_at,
      'source', stock.source, 'runId', stock.run_id,
      'warehouse', json_build_object(
        'id', warehouse.id::text, 'name', warehouse.name, 'externalId', warehouse.external_id_1c,
        'address', warehouse.address, 'isDefault', warehouse.is_default, 'completeAsOf', warehouse.complete_as_of,
        'freshMinutes', warehouse.fresh_minutes::text, 'createdAt', warehouse.created_at)
    ) ORDER BY warehouse.id) AS rows
  FROM warehouse_stocks AS stock
  JOIN warehouses AS warehouse ON warehouse.id = stock.warehouse_id
  WHERE wanted.rows AND stock.product_sku = fact.sku
) AS held ON true
ORDER BY fact.place`;

export class StockSummaryRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** One summary for each request, in their order, in one statement. */
  list(requests: readonly SummaryRequest[], rule: FreshnessRule, bufferDefault: number): Promise<StockSummary[]> {
    const parameters = [...factParameters(requests, rule), bufferDefault];
    if (!requests.some(({ withRows }) => withRows)) return readQuickly(this.#manager, summariesSql, parameters);
    return readQuickly(this.#manager, summariesWithRowsSql, [
      ...parameters,
      plainArray(requests.map(({ withRows }) => withRows)),
    ]);
  }
}
