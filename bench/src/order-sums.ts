import type pg from 'pg';

/** What must hold after any number of orders at once, each with the statement that counts what breaks it. */
const wrongs: readonly (readonly [what: string, sql: string])[] = [
  [
    'goods oversold',
    `SELECT count(*) FROM inventory.stock_reserved reserved
     WHERE reserved.quantity > (SELECT coalesce(sum(greatest(stock.quantity, 0)), 0)
       FROM inventory.warehouse_stocks stock WHERE stock.product_sku = reserved.product_sku)`,
  ],
  [
    'goods whose placed lines come to another sum than is reserved of them',
    `SELECT count(*) FROM (
       SELECT line.product_sku AS sku, sum(line.quantity * line.pack_size) AS quantity
       FROM orders.order_lines line JOIN orders.supplier_orders part ON part.id = line.supplier_order_id
       WHERE part.status = 'PLACED' GROUP BY 1) placed
     FULL JOIN (SELECT product_sku AS sku, quantity FROM inventory.stock_reserved WHERE quantity <> 0) reserved USING (sku)
     WHERE placed.quantity IS DISTINCT FROM reserved.quantity`,
  ],
  [
    'goods whose ledger comes to another sum than is reserved of them',
    `SELECT count(*) FROM inventory.stock_reserved reserved
     WHERE quantity <> (SELECT coalesce(sum(to_reserved - from_reserved), 0)
       FROM inventory.stock_ledger entry WHERE entry.product_sku = reserved.product_sku)`,
  ],
  [
    'placed parts without their reservation',
    `SELECT count(*) FROM orders.supplier_orders part
     WHERE part.is_house AND part.status = 'PLACED' AND NOT EXISTS
       (SELECT FROM inventory.reservations held WHERE held.order_key = part.id::text AND held.status = 'RESERVED')`,
  ],
  [
    'reservations without their placed part',
    `SELECT count(*) FROM inventory.reservations held
     WHERE held.status = 'RESERVED' AND NOT EXISTS (SELECT FROM orders.supplier_orders part
       WHERE part.id::text = held.order_key AND part.status = 'PLACED')`,
  ],
  [
    'orders or carts left in the middle',
    `SELECT (SELECT count(*) FROM orders.orders WHERE status = 'PLACING')
       + (SELECT count(*) FROM orders.carts WHERE placing_order_id IS NOT NULL) AS count`,
  ],
  [
    'placed orders that no scorecard heard of, or twice',
    `SELECT count(*) FROM orders.supplier_orders part WHERE part.status = 'PLACED' AND
       (SELECT count(*) FROM suppliers.scored_orders scored
        WHERE scored.supplier_order_id = part.id AND scored.placed_at IS NOT NULL) <> 1`,
  ],
  ['jobs that failed or were tried again', "SELECT count(*) FROM jobs.job WHERE state = 'failed' OR retry_count > 0"],
  ['deadlocks', 'SELECT deadlocks AS count FROM pg_stat_database WHERE datname = current_database()'],
];

const countOf = async (client: pg.Client, sql: string, values: unknown[] = []): Promise<number> =>
  Number((await client.query<{ count: string }>(sql, values)).rows[0]?.count);

/** Orders that the clients were told stand, and those that do: each must be in both. */
export async function countUnaccounted(client: pg.Client, placed: readonly string[]): Promise<number> {
  return countOf(
    client,
    `SELECT count(*) FROM (SELECT id FROM orders.orders WHERE status = 'PLACED') stands
     FULL JOIN unnest($1::uuid[]) AS told(id) USING (id) WHERE stands.id IS NULL OR told.id IS NULL`,
    [placed],
  );
}

/** What is wrong, of all that could be. */
export async function addUp(client: pg.Client, placed: readonly string[]): Promise<{ what: string; count: number }[]> {
  const unaccounted = await countUnaccounted(client, placed);
  const found = [{ what: 'orders that stand and were not told, or the other way', count: unaccounted }];
  for (const [what, sql] of wrongs) found.push({ what, count: await countOf(client, sql) });
  return found;
}

/** Jobs that are due and not done. */
export const countWaiting = (client: pg.Client): Promise<number> =>
  countOf(
    client,
    `SELECT count(*) FROM jobs.job
     WHERE state IN ('created', 'retry', 'active') AND start_after <= now() AND name NOT LIKE '\\_\\_pgboss%'`,
  );

/** Finished jobs by name, the most first. */
export async function countJobs(client: pg.Client): Promise<{ name: string; count: number }[]> {
  const { rows } = await client.query<{ name: string; count: number }>(
    'SELECT name, count(*)::int AS count FROM jobs.job GROUP BY 1 ORDER BY 2 DESC, 1',
  );
  return rows;
}

/** Transactions that were committed so far. */
export const countCommits = (client: pg.Client): Promise<number> =>
  countOf(client, 'SELECT xact_commit AS count FROM pg_stat_database WHERE datname = current_database()');

/** What took most of PostgreSQL's time, for each order. */
export async function listStatements(client: pg.Client, orders: number): Promise<string[]> {
  const { rows } = await client.query<{ ms: string; calls: string; query: string }>(
    `SELECT round((total_exec_time / $1::int)::numeric, 3) AS ms, round(calls / $1::numeric, 2) AS calls,
       left(regexp_replace(query, '\\s+', ' ', 'g'), 150) AS query
     FROM public.pg_stat_statements ORDER BY total_exec_time DESC LIMIT 60`,
    [orders],
  );
  return rows.map(({ ms, calls, query }) => `${ms} ms, ${calls} times: ${query}`);
}
