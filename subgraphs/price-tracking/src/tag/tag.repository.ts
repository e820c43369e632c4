import { columnsOf, selectRows } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { TagEntity } from './tag.entity.ts';

export type TagOfProduct = TagEntity & { readonly productId: string };

export class TagRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Until the transaction ends, one makes or renames tags of the owner at a time. After the product, where there is one. */
  async lockOwner(ownerId: string): Promise<void> {
    await this.#manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('tags ' || $1::text, 0))`, [ownerId]);
  }

  find(id: string): Promise<TagEntity | null> {
    return this.#manager.findOneBy(TagEntity, { id });
  }

  /** By name, whatever its case. */
  list(ownerId: string): Promise<TagEntity[]> {
    return selectRows(this.#manager, TagEntity, 'WHERE owner_id = $1 ORDER BY lower(name) COLLATE "C", id', [ownerId]);
  }

  listOfProducts(productIds: readonly string[]): Promise<TagOfProduct[]> {
    return this.#manager.query(
      `SELECT ${columnsOf(this.#manager.connection.getMetadata(TagEntity))}, product_id AS "productId"
       FROM tags JOIN tracked_product_tags ON tag_id = id
       WHERE product_id = ANY($1::uuid[]) ORDER BY lower(name) COLLATE "C", id`,
      [productIds],
    );
  }

  countProducts(tagIds: readonly string[]): Promise<{ tagId: string; count: number }[]> {
    return this.#manager.query(
      `SELECT tag_id AS "tagId", count(*)::int FROM tracked_product_tags WHERE tag_id = ANY($1::uuid[]) GROUP BY tag_id`,
      [tagIds],
    );
  }

  async countOf(ownerId: string): Promise<number> {
    const [{ count }] = await this.#manager.query('SELECT count(*)::int FROM tags WHERE owner_id = $1', [ownerId]);
    return count;
  }

  /** The owner's tags of these names, whatever their case: made where there are none. */
  async ensure(ownerId: string, names: readonly string[]): Promise<string[]> {
    await this.#manager.query(
      `INSERT INTO tags (owner_id, name) SELECT $1, name FROM unnest($2::text[]) AS given (name) ORDER BY lower(name)
       ON CONFLICT (owner_id, lower(name)) DO NOTHING`,
      [ownerId, names],
    );
    const rows: { id: string }[] = await this.#manager.query(
      'SELECT id FROM tags WHERE owner_id = $1 AND lower(name) IN (SELECT lower(name) FROM unnest($2::text[]) AS given (name))',
      [ownerId, names],
    );
    return rows.map(({ id }) => id);
  }

  async add(productId: string, tagIds: readonly string[]): Promise<void> {
    await this.#manager.query(
      `INSERT INTO tracked_product_tags (product_id, tag_id) SELECT $1, id FROM unnest($2::uuid[]) AS given (id) ORDER BY id
       ON CONFLICT DO NOTHING`,
      [productId, tagIds],
    );
  }

  async remove(productId: string, tagIds: readonly string[]): Promise<void> {
    await this.#manager.query('DELETE FROM tracked_product_tags WHERE product_id = $1 AND tag_id = ANY($2::uuid[])', [
      productId,
      tagIds,
    ]);
  }

  async replace(productId: string, tagIds: readonly string[]): Promise<void> {
    await this.#manager.query('DELETE FROM tracked_product_tags WHERE product_id = $1 AND tag_id <> ALL($2::uuid[])', [
      productId,
      tagIds,
    ]);
    await this.add(productId, tagIds);
  }

  /** False where another tag of its owner has the name. */
  async rename({ id, ownerId }: TagEntity, name: string): Promise<boolean> {
    const changed: { id: string }[] = await this.#manager.query(
      `WITH renamed AS (
         UPDATE tags SET name = $3 WHERE id = $1
           AND NOT EXISTS (SELECT FROM tags WHERE owner_id = $2 AND lower(name) = lower($3::text) AND id <> $1) RETURNING id
       ) SELECT id FROM renamed`,
      [id, ownerId, name],
    );
    return changed.length > 0;
  }

  async delete(id: string): Promise<void> {
    await this.#manager.delete(TagEntity, { id });
  }
}
