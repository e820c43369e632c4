/**
 * The moment that a stock row speaks of; null for no row.
 * @param stock name of `warehouse_stocks` in the statement.
 * @param warehouse name of `warehouses` in the statement.
 */
export const asOfSql = (stock: string, warehouse: string): string =>
  `stock_as_of(${stock}.source, ${stock}.synced_at, ${warehouse}.complete_source, ${warehouse}.complete_as_of)`;
