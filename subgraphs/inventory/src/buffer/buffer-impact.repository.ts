import type { EntityManager } from 'typeorm';
import { availableOnlineSql, factParameters, type StockGood } from '../product/stock-summary.sql.ts';

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
SELECT count(*)::int AS goods, count(fact.buffer_override)::int AS overridden,
  (count(*) FILTER (WHERE later.quantity > 0))::int AS sellable,
  (count(*) FILTER (WHERE present.quantity > 0))::int AS "sellableNow",
  (count(*) FILTER (WHERE present.quantity > 0 AND later.quantity = 0))::int AS "wouldHide",
  (count(*) FILTER (WHERE present.quantity = 0 AND later.quantity > 0))::int AS "wouldShow"
FROM stock_facts($1, $2, $3, $4, $5) AS fact
CROSS JOIN LATERAL (SELECT ${availableOnlineSql('$6::numeric')} AS quantity) AS later
CROSS JOIN LATERAL (SELECT ${availableOnlineSql('$7::numeric')} AS quantity) AS present`;

export class BufferImpactRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async countGoods(goods: readonly StockGood[], buffer: number, currentBuffer: number): Promise<ImpactCounts> {
    // What is stale does not matter here.
    const rule = { at: new Date(0), freshMinutes: 1 };
    const [counts] = await this.#manager.query(impactSql, [...factParameters(goods, rule), buffer, currentBuffer]);
    return counts;
  }
}
