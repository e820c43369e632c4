import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { FavouriteRepository } from './favourite.repository.ts';

/** Which goods the viewer has marked; for those who are no person none, without asking the database. */
export class FavouriteLoaders {
  readonly isMarked: DataLoader<string, boolean>;

  constructor(manager: EntityManager, viewer: Viewer) {
    this.isMarked = new DataLoader(async (productIds) => {
      if (viewer.kind !== 'user') return productIds.map(() => false);
      const marked = await new FavouriteRepository(manager, viewer.userId).listAmong(productIds);
      const ids = new Set(marked.map(({ productId }) => productId));
      return productIds.map((id) => ids.has(id));
    });
  }
}
