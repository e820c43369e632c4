import type { EntityManager } from 'typeorm';

/** Counts of goods by category. */
export class CategoryCountRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Goods that are not hidden, in each category and below it. Categories without any are left out. */
  listCounts(categoryIds: readonly string[]): Promise<{ categoryId: string; count: number }[]> {
    return this.#manager.query(
      `WITH tree AS MATERIALIZED (
         SELECT wanted.id AS ancestor, c.id
         FROM unnest($1::uuid[]) AS wanted (id) JOIN categories c ON c.path_ids @> ARRAY[wanted.id]
       ), counts AS (
         SELECT category_id, count(*) AS count FROM products
         WHERE hidden_reason IS NULL AND category_id IN (SELECT id FROM tree)
         GROUP BY category_id
       )
       SELECT tree.ancestor AS "categoryId", sum(counts.count)::integer AS count
       FROM tree JOIN counts ON counts.category_id = tree.id GROUP BY tree.ancestor`,
      [categoryIds],
    );
  }
}
