import { columnsOf, selectRows } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { TrackedUrlEntity } from './tracked-url.entity.ts';

/** A page that is to be watched. */
export type NewTrackedUrl = Pick<TrackedUrlEntity, 'ownerId' | 'productId' | 'storeId' | 'url' | 'host'>;

/**
 * Pages of tracked products. What changes which pages a product has, or which of them is primary, locks the product
 * first (`TrackedProductRepository.lock`): so do those that delete products and those that write prices.
 */
export class TrackedUrlRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Whosever they are. */
  byIds(ids: readonly string[]): Promise<TrackedUrlEntity[]> {
    return selectRows(this.#manager, TrackedUrlEntity, 'WHERE id = ANY($1::uuid[])', [ids]);
  }

  /** The primary page first, then in the order in which they came. */
  listOfProducts(productIds: readonly string[]): Promise<TrackedUrlEntity[]> {
    const rest = 'WHERE product_id = ANY($1::uuid[]) ORDER BY is_primary DESC, created_at, id';
    return selectRows(this.#manager, TrackedUrlEntity, rest, [productIds]);
  }

  /** Those of the addresses, normalised, that the owner watches already. */
  listKnown(ownerId: string, urls: readonly string[]): Promise<TrackedUrlEntity[]> {
    return selectRows(this.#manager, TrackedUrlEntity, 'WHERE owner_id = $1 AND url = ANY($2::text[])', [
      ownerId,
      urls,
    ]);
  }

  async countOf(productId: string): Promise<number> {
    const [{ count }] = await this.#manager.query('SELECT count(*)::int FROM tracked_urls WHERE product_id = $1', [
      productId,
    ]);
    return count;
  }

  /**
   * Pages that their owner does not watch yet, due to be looked at; those known are left as they are. A product without
   * a primary page gets its oldest. The products are locked by the caller.
   * @returns what was inserted, in the order of the rows.
   */
  async insertAll(rows: readonly NewTrackedUrl[], at: Date): Promise<TrackedUrlEntity[]> {
    if (rows.length === 0) return [];
    const metadata = this.#manager.connection.getMetadata(TrackedUrlEntity);
    const inserted: { id: string }[] = await this.#manager.query(
      // By address, so that two who insert the same ones wait for each other in one order; a millisecond apart, so that
      // those of one call stay in its order.
      `INSERT INTO tracked_urls (owner_id, product_id, store_id, url, host, next_check_at, created_at)
       SELECT "ownerId", "productId", "storeId", url, host, $2::timestamptz,
         $2::timestamptz - (count(*) OVER () - place) * interval '1 millisecond'
       FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS ("ownerId" uuid, "productId" uuid, "storeId" uuid, url text, host text))
         WITH ORDINALITY AS given ("ownerId", "productId", "storeId", url, host, place)
       ORDER BY url ON CONFLICT (owner_id, url) DO NOTHING RETURNING ${columnsOf(metadata)}`,
      [JSON.stringify(rows), at],
    );
    await this.ensurePrimary([...new Set(rows.map(({ productId }) => productId))]);
    const found = new Map((await this.byIds(inserted.map(({ id }) => id))).map((row) => [keyOf(row), row]));
    return rows.flatMap((row) => found.get(keyOf(row)) ?? []);
  }

  /** Makes the oldest page of each product the primary one where none is. */
  async ensurePrimary(productIds: readonly string[]): Promise<void> {
    await this.#manager.query(
      `UPDATE tracked_urls SET is_primary = true WHERE id IN (
         SELECT DISTINCT ON (u.product_id) u.id FROM tracked_urls u
         WHERE u.product_id = ANY($1::uuid[])
           AND NOT EXISTS (SELECT FROM tracked_urls p WHERE p.product_id = u.product_id AND p.is_primary)
         ORDER BY u.product_id, u.created_at, u.id)`,
      [productIds],
    );
  }

  /** In two statements: never are there two, not for a moment. */
  async setPrimary({ id, productId }: Pick<TrackedUrlEntity, 'id' | 'productId'>): Promise<void> {
    await this.#manager.query(
      'UPDATE tracked_urls SET is_primary = false WHERE product_id = $1 AND is_primary AND id <> $2',
      [productId, id],
    );
    await this.#manager.query('UPDATE tracked_urls SET is_primary = true WHERE id = $1 AND NOT is_primary', [id]);
  }

  /** One that is watched again is due at once, and its failures are forgotten. */
  async setActive(id: string, isActive: boolean, at: Date): Promise<void> {
    await this.#manager.query(
      `UPDATE tracked_urls SET is_active = $2, failures = CASE WHEN $2 THEN 0 ELSE failures END,
         failing_since = CASE WHEN NOT $2 THEN failing_since END,
         next_check_at = CASE WHEN $2 THEN $3::timestamptz END WHERE id = $1 AND is_active <> $2`,
      [id, isActive, at],
    );
  }

  /** Its history goes with it. */
  async delete(id: string): Promise<void> {
    await this.#manager.query('DELETE FROM tracked_urls WHERE id = $1', [id]);
  }
}

const keyOf = ({ ownerId, url }: Pick<TrackedUrlEntity, 'ownerId' | 'url'>): string => `${ownerId} ${url}`;
