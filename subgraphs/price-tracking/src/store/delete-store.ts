import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { PriceTrackingContext } from '../context.ts';
import { ownsRow } from '../ownership.ts';
import { rebuildPriceCaches } from '../price-cache/rebuild-price-caches.ts';
import { tellMarketOf } from '../product/tell-market-of.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProductRepository } from '../tracked-product/tracked-product.repository.ts';
import { TrackedUrlRepository } from '../tracked-url/tracked-url.repository.ts';
import type { StoreEntity } from './store.entity.ts';
import { storeError } from './store.errors.ts';
import { StoreRepository } from './store.repository.ts';
import { StorePagesRepository } from './store-pages.repository.ts';

/** So many products have their prices worked out anew in one transaction. */
const mostProducts = 1_000;

export const noSuchStore = (...field: string[]): UserError =>
  storeError('NOT_FOUND', field, 'There is no such store, or it is not yours.');

const inUse = (message: string): UserError => storeError('IN_USE', ['id'], message);

/**
 * Deletes a store in the caller's transaction; one whose pages are tracked only with them, since their history goes then.
 * Products stay, with the pages that they have elsewhere.
 * @returns the store that was, or why it is still there.
 */
export async function deleteStore(
  context: PriceTrackingContext,
  manager: EntityManager,
  id: string,
  withPages: boolean,
): Promise<StoreEntity | UserError> {
  const stores = new StoreRepository(manager);
  const pages = new StorePagesRepository(manager);
  const [seen] = isUUID(id) ? await stores.byIds([id]) : [];
  if (!seen || !ownsRow(context.viewer, seen)) return noSuchStore('id');
  const productIds = withPages ? await pages.listProductIds(seen.id) : [];
  if (productIds.length > mostProducts)
    return inUse(`Pages of more than ${mostProducts} products are tracked there: delete some of these first.`);
  // Products before the store, as all do who change what pages a product has.
  const products = await new TrackedProductRepository(manager).lock(productIds);
  const store = await stores.lockToDelete(seen.id);
  if (!store) return noSuchStore('id');
  const left = await pages.countBeside(store.id, productIds);
  if (left > 0)
    return inUse(`${left} pages of the store are tracked: stop that first, or have them deleted with \`withPages\`.`);
  if (products.length > 0) await stopTracking(context, manager, store, products);
  await stores.delete(store);
  return store;
}

/** As when each page is deleted by itself: another becomes the primary one, and what products cost is worked out anew. */
async function stopTracking(
  { jobs, clock }: PriceTrackingContext,
  manager: EntityManager,
  store: StoreEntity,
  products: readonly TrackedProductEntity[],
): Promise<void> {
  const ids = products.map(({ id }) => id);
  await new StorePagesRepository(manager).deleteAll(store.id);
  await new TrackedUrlRepository(manager).ensurePrimary(ids);
  await rebuildPriceCaches(manager, ids, new Date(clock()));
  await tellMarketOf(jobs, manager, ...products);
}
