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
    'goods whose reserved total is not that of the placed lines',
    `SELECT count(*) FROM inventory.stock_reserved reserved
     WHERE reserved.quantity <> (SELECT coalesce(sum(line.quantity * line.pack_size), 0)
       FROM orders.order_lines line JOIN orders.supplier_orders part ON part.id = line.supplier_order_id
       WHERE line.product_sku = reserved.product_sku AND part.status = 'PLACED')`,
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
  ['orders left in the middle', "SELECT count(*) FROM orders.orders WHERE status = 'PLACING'"],
  ['deadlocks', 'SELECT deadlocks AS count FROM pg_stat_database WHERE datname = current_database()'],
];

export async function addUp(client: pg.Client): Promise<string[]> {
  const lines: string[] = [];
  for (const [what, sql] of wrongs) {
    const { rows } = await client.query<{ count: string }>(sql);
    lines.push(`${rows[0]?.count} ${what}`);
  }
  return lines;
}
