import type { EntityManager } from 'typeorm';
import { domainOf, domainsOver } from './domain.ts';
import type { StoreEntity } from './store.entity.ts';
import { StoreRepository } from './store.repository.ts';

/** By host, the owner’s stores whose pages the addresses are; hosts without a store are left out. None is made. */
export async function findStoresFor(
  manager: EntityManager,
  ownerId: string,
  pages: readonly { readonly url: string; readonly host: string }[],
): Promise<Map<string, StoreEntity>> {
  const hosts = new Map(pages.map(({ url, host }) => [host, domainOf(url)]));
  const near = [...hosts].flatMap(([host, domain]) =>
    domain ? domainsOver(domain).map((name, rank) => ({ host, domain: name, rank })) : [],
  );
  return new StoreRepository(manager).listByDomains(ownerId, near);
}
