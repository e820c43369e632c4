import { DomainError } from '@gastronom/shared/domain-error';
import type { EntityManager } from 'typeorm';
import { domainOf, domainsOver, readableDomain, withAndWithoutWww } from './domain.ts';
import { freeSlug, slugOf } from './slug.ts';
import type { StoreEntity } from './store.entity.ts';
import { StoreRepository } from './store.repository.ts';

/**
 * The owner’s store whose page the address is: that with the nearest domain, else one that is made of its host. Inside the
 * caller’s transaction: two at once make one store. The address is one that was normalised.
 * @throws DomainError where it names no host.
 */
export async function ensureStoreFor(manager: EntityManager, ownerId: string, url: string): Promise<StoreEntity> {
  const domain = domainOf(url);
  if (!domain) throw new DomainError('BAD_USER_INPUT', `This address names no shop: ${url.slice(0, 200)}`);
  const stores = new StoreRepository(manager);
  const near = domainsOver(domain);
  const known = await stores.findByDomain(ownerId, near);
  if (known) return known;
  await stores.lockOwner(ownerId);
  return (await stores.findByDomain(ownerId, near)) ?? makeStore(stores, ownerId, domain, new URL(url).origin);
}

async function makeStore(
  stores: StoreRepository,
  ownerId: string,
  domain: string,
  websiteUrl: string,
): Promise<StoreEntity> {
  const name = readableDomain(domain);
  const base = slugOf(name) || 'store';
  const slug = freeSlug(base, await stores.slugsLike(ownerId, base));
  const store = await stores.insert({ ownerId, name, slug, websiteUrl });
  await stores.addDomains(store, withAndWithoutWww(domain));
  return store;
}
