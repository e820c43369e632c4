import type { EntityManager } from 'typeorm';
import type { BufferedGood } from '../catalog/catalog.client.ts';
import { availableOnlineSql, overrideSql } from '../product/stock-summary.sql.ts';

/** How many goods are sellable under the buffer of now, and under another. */
export interface ImpactCounts {
  readonly goods: number;
  readonly overridden: number;
  readonly sellable: number;
  readonly sellableNow: number;
  readonly wouldHide: number;
  readonly wouldShow: number;
}

const impactSql = `
SELECT count(*)::int AS goods, count(override.quantity)::int AS overridden,
  (count(*) FILTER (WHERE later.quantity > 0))::int AS sellable,
  (count(*) FILTER (WHERE present.quantity > 0))::int AS "sellableNow",
  (count(*) FILTER (WHERE present.quantity > 0 AND later.quantity = 0))::int AS "wouldHide",
  (count(*) FILTER (WHERE present.quantity = 0 AND later.quantity > 0))::int AS "wouldShow"
FROM json_to_recordset($1::json) AS good(sku text, "isAvailable" boolean, "categoryPath" text[])
CROSS JOIN LATERAL (SELECT ${overrideSql} AS quantity) AS override
LEFT JOIN LATERAL (
  SELECT sum(greatest(stock.quantity, 0)) AS quantity FROM warehouse_stocks AS stock WHERE stock.product_sku = good.sku
) AS held ON true
CROSS JOIN LATERAL (SELECT ${availableOnlineSql('coalesce(override.quantity, $2::numeric)')} AS quantity) AS later
CROSS JOIN LATERAL (SELECT ${availableOnlineSql('coalesce(override.quantity, $3::numeric)')} AS quantity) AS present`;

export class BufferImpactRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async countGoods(goods: readonly BufferedGood[], buffer: number, currentBuffer: number): Promise<ImpactCounts> {
    const [counts] = await this.#manager.query(impactSql, [JSON.stringify(goods), buffer, currentBuffer]);
    return counts;
  }
}
