import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { TagEntity } from './tag.entity.ts';
import { TagRepository } from './tag.repository.ts';

/** Tags of one request. */
export class TagLoaders {
  /** By product, in the order of their names. */
  readonly ofProduct: DataLoader<string, readonly TagEntity[]>;
  readonly productCounts: DataLoader<string, number>;

  constructor(manager: EntityManager) {
    const tags = new TagRepository(manager);
    // Not kept: a mutation tags, and then answers the product.
    this.ofProduct = new DataLoader(
      async (ids) => {
        const found = Map.groupBy(await tags.listOfProducts(ids), ({ productId }) => productId);
        return ids.map((id) => found.get(id) ?? []);
      },
      { cache: false },
    );
    this.productCounts = new DataLoader(
      async (ids) => {
        const counts = new Map((await tags.countProducts(ids)).map(({ tagId, count }) => [tagId, count]));
        return ids.map((id) => counts.get(id) ?? 0);
      },
      { cache: false },
    );
  }
}
