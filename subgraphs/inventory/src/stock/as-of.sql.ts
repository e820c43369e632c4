/**
 * The moment that a stock row speaks of: its own last confirmation, or the last snapshot of its source in its warehouse,
 * which vouches for every row of that source. Null for no row.
 * @param stock name of `warehouse_stocks` in the statement.
 * @param warehouse name of `warehouses` in the statement.
 */
export const asOfSql = (stock: string, warehouse: string): string =>
  `greatest(${stock}.synced_at, CASE WHEN ${warehouse}.complete_source = ${stock}.source THEN ${warehouse}.complete_as_of END)`;
