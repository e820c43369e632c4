import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { CategoryEntity } from './category.entity.ts';
import { CategoryRepository } from './category.repository.ts';

/** Categories of one request, by key: any number of keys is one statement. */
export class CategoryLoaders {
  readonly byId: DataLoader<string, CategoryEntity | null>;
  readonly childrenOf: DataLoader<string, CategoryEntity[]>;

  constructor(manager: EntityManager) {
    const categories = new CategoryRepository(manager);
    this.byId = new DataLoader(async (ids) => {
      const rows = await categories.listWithAncestors(ids);
      for (const category of rows) this.byId.prime(category.id, category);
      const found = new Map(rows.map((category) => [category.id, category]));
      return ids.map((id) => found.get(id) ?? null);
    });
    this.childrenOf = new DataLoader(async (ids) => {
      const children = Map.groupBy(await categories.listChildren(ids), ({ parentId }) => parentId);
      return ids.map((id) => children.get(id) ?? []);
    });
  }
}
