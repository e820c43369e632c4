import type { EntityManager } from 'typeorm';
import { rebuildPriceCachesSql } from './rebuild.sql.ts';

/**
 * Works out anew what products cost, in one statement for all of them: after points of their history came or went, in the
 * same transaction, in which the rows of the products are locked.
 */
export async function rebuildPriceCaches(
  manager: EntityManager,
  productIds: Iterable<string>,
  now: Date,
): Promise<void> {
  const ids = [...new Set(productIds)];
  if (ids.length > 0) await manager.query(rebuildPriceCachesSql, [ids, now]);
}
