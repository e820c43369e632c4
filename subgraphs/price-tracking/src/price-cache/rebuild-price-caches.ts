import type { EntityManager } from 'typeorm';
import { PriceCacheRepository } from './price-cache.repository.ts';

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
  if (ids.length > 0) await new PriceCacheRepository(manager).rebuild(ids, now);
}
