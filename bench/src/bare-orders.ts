import type pg from 'pg';
import { secondsOf } from './measure.ts';

/** The rows that an order comes to, by the column that says which order. */
const written = [
  ['orders.orders', 'id = $1'],
  ['orders.supplier_orders', 'order_id = $1'],
  ['orders.order_lines', 'supplier_order_id IN (SELECT id FROM orders.supplier_orders WHERE order_id = $1)'],
  ['inventory.reservations', 'order_key IN (SELECT id::text FROM orders.supplier_orders WHERE order_id = $1)'],
  ['inventory.reservation_lines', 'order_key IN (SELECT id::text FROM orders.supplier_orders WHERE order_id = $1)'],
  ['inventory.stock_ledger', 'order_key IN (SELECT id::text FROM orders.supplier_orders WHERE order_id = $1)'],
] as const;

const bareName = (table: string) => `bare.${table.split('.')[1]}`;

/**
 * Seconds that one transaction takes to write the rows of an order, and nothing else, into copies of their tables with the
 * same indexes: one after another, on one connection.
 */
export async function bareOrderSeconds(client: pg.Client, orderIds: readonly string[]): Promise<number> {
  await client.query('CREATE SCHEMA bare');
  for (const [table] of written)
    await client.query(`CREATE TABLE ${bareName(table)} (LIKE ${table} INCLUDING ALL EXCLUDING IDENTITY)`);
  const seconds = await secondsOf(async () => {
    for (const id of orderIds) {
      await client.query('BEGIN');
      for (const [table, where] of written)
        await client.query(`INSERT INTO ${bareName(table)} SELECT * FROM ${table} WHERE ${where}`, [id]);
      await client.query('COMMIT');
    }
  });
  await client.query('DROP SCHEMA bare CASCADE');
  return seconds / orderIds.length;
}
