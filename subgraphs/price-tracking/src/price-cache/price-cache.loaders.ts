import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { PriceCacheRepository, type ProductPrices, type UrlPrices } from './price-cache.repository.ts';

/** Prices of what the viewer may see: whoever asks has been given the page or the product. */
export interface PriceCacheLoaders {
  readonly productPrices: DataLoader<string, readonly ProductPrices[]>;
  readonly urlPrices: DataLoader<string, UrlPrices | null>;
}

export function createPriceCacheLoaders(manager: EntityManager): PriceCacheLoaders {
  const caches = new PriceCacheRepository(manager);
  return {
    // Not kept: a mutation changes them, and then answers the product.
    productPrices: new DataLoader(
      async (ids) => {
        const found = Map.groupBy(await caches.ofProducts(ids), ({ productId }) => productId);
        return ids.map((id) => found.get(id) ?? []);
      },
      { cache: false },
    ),
    urlPrices: new DataLoader(
      async (ids) => {
        const found = new Map((await caches.ofUrls(ids)).map((row) => [row.urlId, row]));
        return ids.map((id) => found.get(id) ?? null);
      },
      { cache: false },
    ),
  };
}
