import type { EntityManager } from 'typeorm';
import { freeSlug } from './slug.ts';
import { StoreRepository } from './store.repository.ts';

/** Makes all stores of one owner another’s. Where both have a slug, it gets a number; where both a domain, the other keeps it. */
export async function giveStores(manager: EntityManager, from: string, to: string): Promise<void> {
  const stores = new StoreRepository(manager);
  for (const owner of [from, to].toSorted()) await stores.lockOwner(owner);
  for (const store of await stores.listOf(from)) {
    const slug = freeSlug(store.slug, await stores.slugsLike(to, store.slug));
    await stores.update(store, { ownerId: to, slug });
  }
  await stores.giveDomains(from, to);
}
