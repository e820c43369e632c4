import type { EntityManager } from 'typeorm';

/** A total that is not the sum of the lines that are held. */
export interface ReservedDrift {
  readonly sku: string;
  readonly recorded: string;
  readonly actual: string;
}

export interface ReservedCheck {
  /** How many goods have a total or a line that is held. */
  readonly checked: number;
  readonly drifts: readonly ReservedDrift[];
}

/** One snapshot: every transaction keeps both in step, so that one on its way is no drift. */
const checkSql = `
WITH good AS MATERIALIZED (
  SELECT coalesce(total.product_sku, line.product_sku) AS sku, coalesce(total.quantity, 0) AS recorded,
    coalesce(line.held, 0) AS actual
  FROM stock_reserved AS total
  FULL JOIN (
    SELECT product_sku, sum(held) AS held FROM reservation_lines WHERE held > 0 GROUP BY product_sku
  ) AS line ON line.product_sku = total.product_sku
)
SELECT (SELECT count(*)::int FROM good) AS checked,
  (SELECT coalesce(json_agg(sku ORDER BY sku), '[]') FROM good WHERE recorded <> actual) AS skus`;

const lockSql = `
INSERT INTO stock_reserved (product_sku) SELECT sku FROM unnest($1::text[]) AS sku ORDER BY sku ON CONFLICT DO NOTHING`;

/** $1 SKUs, locked; $2 actor, $3 now. */
const repairSql = `
WITH good AS MATERIALIZED (
  SELECT total.product_sku AS sku, total.quantity AS recorded, coalesce(sum(line.held), 0) AS actual
  FROM stock_reserved AS total
  LEFT JOIN reservation_lines AS line ON line.product_sku = total.product_sku AND line.held > 0
  WHERE total.product_sku = ANY($1::text[])
  GROUP BY total.product_sku
), entered AS (
  INSERT INTO stock_ledger (product_sku, from_quantity, to_quantity, from_reserved, to_reserved,
    reason, source, run_id, actor, observed_at)
  SELECT sku, on_hand, on_hand, recorded, actual, 'REPAIRED', 'reservations', command.id, $2::text, $3::timestamptz
  FROM good
  CROSS JOIN LATERAL stock_on_hand(sku) AS on_hand
  CROSS JOIN (SELECT gen_random_uuid() AS id OFFSET 0) AS command
  WHERE recorded <> actual
), repaired AS (
  UPDATE stock_reserved AS total SET quantity = good.actual, granted = greatest(total.granted, good.actual)
  FROM good WHERE total.product_sku = good.sku AND good.recorded <> good.actual
)
SELECT sku, recorded::text AS recorded, round(actual, 3)::text AS actual FROM good WHERE recorded <> actual ORDER BY sku`;

/** What is reserved of each good in all, beside the lines that it adds up. */
export class ReservedTotalRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async check(): Promise<{ readonly checked: number; readonly skus: readonly string[] }> {
    const [found] = await this.#manager.query(checkSql);
    return found;
  }

  /** Puts totals right, and tells which of them were wrong still when they were locked. */
  async repair(skus: readonly string[], actor: string, at: string): Promise<ReservedDrift[]> {
    await this.#manager.query('SELECT lock_names()');
    await this.#manager.query(lockSql, [skus]);
    await this.#manager.query('SELECT lock_reserved($1)', [skus]);
    return this.#manager.query(repairSql, [skus, actor, at]);
  }
}
