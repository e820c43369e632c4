import type pg from 'pg';

/** A row of a stock callback. */
export interface Count {
  readonly nomenclature_code: string;
  readonly quantity: number;
}

/** One bare `INSERT … ON CONFLICT` of counts in one statement: nothing read, compared, logged or announced. */
export async function countsTable(
  client: pg.Client,
): Promise<(warehouse: number, counts: readonly Count[]) => Promise<void>> {
  await client.query(`CREATE TABLE public.bare_counts (
    product_sku text, warehouse_id bigint, quantity numeric(14, 3) NOT NULL, observed_at timestamptz NOT NULL,
    PRIMARY KEY (product_sku, warehouse_id))`);
  const sql = `INSERT INTO public.bare_counts
    SELECT nomenclature_code, $1, quantity, now()
    FROM json_to_recordset($2::json) AS r(nomenclature_code text, quantity numeric)
    ON CONFLICT (product_sku, warehouse_id) DO UPDATE SET (quantity, observed_at) = (excluded.quantity, excluded.observed_at)`;
  return async (warehouse, counts) => {
    await client.query(sql, [warehouse, JSON.stringify(counts)]);
  };
}
