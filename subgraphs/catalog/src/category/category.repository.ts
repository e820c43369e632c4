import { type EntityManager, In, IsNull } from 'typeorm';
import { CategoryEntity } from './category.entity.ts';

export class CategoryRepository {
  readonly #categories;

  constructor(manager: EntityManager) {
    this.#categories = manager.getRepository(CategoryEntity);
  }

  listRoots(): Promise<CategoryEntity[]> {
    return this.#listOrdered({ parentId: IsNull() });
  }

  listChildren(parentIds: readonly string[]): Promise<CategoryEntity[]> {
    return this.#listOrdered({ parentId: In([...parentIds]) });
  }

  listByIds(ids: readonly string[]): Promise<CategoryEntity[]> {
    return this.#categories.findBy({ id: In([...ids]) });
  }

  #listOrdered(where: object): Promise<CategoryEntity[]> {
    return this.#categories.find({
      where,
      order: { sortOrder: { direction: 'ASC', nulls: 'LAST' }, name: 'ASC', id: 'ASC' },
    });
  }
}
