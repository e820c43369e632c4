import { selectQuickly } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { CategoryEntity } from './category.entity.ts';

const inOrder = 'ORDER BY sort_order NULLS LAST, name, id';

export class CategoryRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  listRoots(): Promise<CategoryEntity[]> {
    return selectQuickly(this.#manager, CategoryEntity, `WHERE parent_id IS NULL ${inOrder}`, []);
  }

  listChildren(parentIds: readonly string[]): Promise<CategoryEntity[]> {
    return selectQuickly(this.#manager, CategoryEntity, `WHERE parent_id = ANY($1::uuid[]) ${inOrder}`, [parentIds]);
  }

  /** The categories and all above them: what shows one mostly shows the way to it. */
  listWithAncestors(ids: readonly string[]): Promise<CategoryEntity[]> {
    const wanted = 'SELECT unnest(path_ids) FROM categories WHERE id = ANY($1::uuid[])';
    return selectQuickly(this.#manager, CategoryEntity, `WHERE id IN (${wanted})`, [ids]);
  }
}
