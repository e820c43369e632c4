import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { CategoryCountRepository } from './category-count.repository.ts';
import type { ProductEntity } from './product.entity.ts';
import { ProductRepository } from './product.repository.ts';

/** Goods of one request, by key: any number of keys is one statement. */
export class ProductLoaders {
  readonly byId: DataLoader<string, ProductEntity | null>;
  readonly bySku: DataLoader<string, ProductEntity | null>;
  /** How many goods that are not hidden lie in a category and below it. */
  readonly countInCategory: DataLoader<string, number>;

  constructor(manager: EntityManager) {
    const products = new ProductRepository(manager);
    const counts = new CategoryCountRepository(manager);
    this.byId = new DataLoader(async (ids) => {
      const found = new Map((await products.listByIds(ids)).map((product) => [product.id, product]));
      return ids.map((id) => found.get(id) ?? null);
    });
    this.bySku = new DataLoader(async (skus) => {
      const found = new Map((await products.listBySkus(skus)).map((product) => [product.sku, product]));
      return skus.map((sku) => found.get(sku) ?? null);
    });
    this.countInCategory = new DataLoader(async (ids) => {
      const found = new Map((await counts.listCounts(ids)).map(({ categoryId, count }) => [categoryId, count]));
      return ids.map((id) => found.get(id) ?? 0);
    });
  }
}
