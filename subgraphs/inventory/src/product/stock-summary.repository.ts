import type { EntityManager } from 'typeorm';
import { asOfSql } from '../stock/as-of.sql.ts';
import type { WarehouseEntity } from '../warehouse/warehouse.entity.ts';
import { availableOnlineSql, globalBufferSql, overrideSql } from './stock-summary.sql.ts';

/** A good, with what the catalogue knows of it, and whether its rows are wanted or their sum alone. */
export interface SummaryRequest {
  readonly sku: string;
  readonly isAvailable: boolean;
  readonly categoryPath: readonly string[];
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
  /** Null unless they were asked for. */
  readonly rows: readonly StockRowView[] | null;
}

// Decimals are added up as decimals; the sum alone becomes a float, which then prints as it reads.
const summariesSql = `
SELECT (${availableOnlineSql('buffer.quantity')})::float8 AS "availableOnline", held.as_of AS "asOf",
  CASE WHEN good."withRows" THEN coalesce(held.rows, '[]') END AS rows
FROM json_to_recordset($1::json) AS good(place int, sku text, "isAvailable" boolean, "categoryPath" text[], "withRows" boolean)
CROSS JOIN LATERAL (SELECT coalesce(${overrideSql}, ${globalBufferSql('$2::numeric')}) AS quantity) AS buffer
LEFT JOIN LATERAL (
  SELECT sum(greatest(stock.quantity, 0)) AS quantity, min(${asOfSql('stock', 'warehouse')}) AS as_of,
    json_agg(json_build_object(
      'id', stock.id::text, 'quantity', stock.quantity, 'parked', stock.parked,
      'asOf', ${asOfSql('stock', 'warehouse')}, 'observedAt', stock.observed_at, 'updatedAt', stock.updated_at,
      'source', stock.source, 'runId', stock.run_id,
      'warehouse', json_build_object(
        'id', warehouse.id::text, 'name', warehouse.name, 'externalId', warehouse.external_id_1c,
        'address', warehouse.address, 'isDefault', warehouse.is_default, 'completeAsOf', warehouse.complete_as_of,
        'createdAt', warehouse.created_at)
    ) ORDER BY warehouse.id) FILTER (WHERE good."withRows") AS rows
  FROM warehouse_stocks AS stock
  JOIN warehouses AS warehouse ON warehouse.id = stock.warehouse_id
  WHERE stock.product_sku = good.sku
) AS held ON true
ORDER BY good.place`;

export class StockSummaryRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** One summary for each request, in their order, in one statement. */
  list(requests: readonly SummaryRequest[], bufferDefault: number): Promise<StockSummary[]> {
    const goods = requests.map((request, place) => ({ ...request, place }));
    return this.#manager.query(summariesSql, [JSON.stringify(goods), bufferDefault]);
  }
}
