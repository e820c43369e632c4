import { columnsOf } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';

/** A page that the owner tracks already, with what its product is called. */
export type KnownPage = TrackedUrlEntity & { readonly productName: string };

export interface TrackedPagesSearch {
  readonly ownerId: string;
  /** Null for all their stores. */
  readonly storeId: string | null;
}

export class TrackedPagesRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /**
   * Pages of the owner’s products whose name, or title in the shop, has all the words; favourites first, then by name.
   * @param likes a pattern for ILIKE of each word.
   */
  search(
    { ownerId, storeId }: TrackedPagesSearch,
    likes: readonly string[],
    size: number,
    offset: number,
  ): Promise<KnownPage[]> {
    const columns = columnsOf(this.#manager.connection.getMetadata(TrackedUrlEntity)).replaceAll(
      /"(\w+)" AS/g,
      'u."$1" AS',
    );
    return this.#manager.query(
      `SELECT ${columns}, p.name AS "productName"
       FROM tracked_products p JOIN tracked_urls u ON u.product_id = p.id
       WHERE p.owner_id = $1 AND concat_ws(' ', p.name, u.title, p.sku, p.gtin) ILIKE ALL($2::text[])
         AND ($5::uuid IS NULL OR u.store_id = $5)
       ORDER BY p.is_favourite DESC, lower(p.name) COLLATE "C", p.id, u.is_primary DESC, u.id LIMIT $3 OFFSET $4`,
      [ownerId, likes, size, offset, storeId],
    );
  }
}
