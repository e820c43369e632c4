import type { EntityManager } from 'typeorm';
import { PooledDataSource } from './pooled-data-source.ts';

/**
 * A read that an index answers in a moment, of a bounded number of rows: it may share its way to PostgreSQL with others,
 * who wait for it. Never one that writes, locks, or looks through much. Within a transaction it is that transaction's.
 */
export function readQuickly<Rows>(manager: EntityManager, text: string, values: readonly unknown[]): Promise<Rows> {
  const { connection, queryRunner } = manager;
  if (queryRunner || !(connection instanceof PooledDataSource)) return manager.query<Rows>(text, [...values]);
  return connection.readQuickly<Rows>(text, [...values]);
}
