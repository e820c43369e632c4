import { columnsOf, selectRows } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { TrackedProductEntity } from './tracked-product.entity.ts';

/** What a person, a page or a scrape may say of a product. */
export type TrackedProductValues = Partial<
  Pick<
    TrackedProductEntity,
    | 'name'
    | 'gtin'
    | 'imageUrl'
    | 'condition'
    | 'size'
    | 'contentAmount'
    | 'contentUnit'
    | 'targetPrice'
    | 'targetCurrency'
    | 'isFavourite'
    | 'notes'
  >
>;

export type NewTrackedProduct = TrackedProductValues & Pick<TrackedProductEntity, 'ownerId' | 'name'>;

/** What is known of the catalogue's goods that it is. */
export type LinkValues = Pick<
  TrackedProductEntity,
  'catalogueSku' | 'suggestedSku' | 'rejectedSku' | 'linkedBy' | 'linkedAt' | 'countsForMarket'
>;

/** A listing that a scrape found: known again by its SKU. */
export type FoundListing = Pick<
  TrackedProductEntity,
  'ownerId' | 'sku' | 'name' | 'gtin' | 'imageUrl' | 'condition' | 'size'
> & { readonly sku: string };

/** Single products and sets of them by their keys. */
export class TrackedProductRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Whosever they are. */
  byIds(ids: readonly string[]): Promise<TrackedProductEntity[]> {
    return selectRows(this.#manager, TrackedProductEntity, 'WHERE id = ANY($1::uuid[])', [ids]);
  }

  /**
   * Locked until the transaction ends, in one order: whoever changes pages, prices or tags of products takes this lock
   * before any other, so that none of them meets another, or a deletion, half-way. Those deleted meanwhile are left out.
   */
  lock(ids: readonly string[]): Promise<TrackedProductEntity[]> {
    const rest = 'WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE';
    return selectRows(this.#manager, TrackedProductEntity, rest, [ids]);
  }

  async countOf(ownerId: string): Promise<number> {
    const [{ count }] = await this.#manager.query('SELECT count(*)::int FROM tracked_products WHERE owner_id = $1', [
      ownerId,
    ]);
    return count;
  }

  async insert(values: NewTrackedProduct): Promise<TrackedProductEntity> {
    const { raw } = await this.#manager
      .createQueryBuilder()
      .insert()
      .into(TrackedProductEntity)
      .values(values)
      .returning('id')
      .execute();
    const [{ id }] = raw as [{ id: string }];
    return this.#manager.findOneByOrFail(TrackedProductEntity, { id });
  }

  async update(id: string, values: TrackedProductValues & Partial<LinkValues>): Promise<TrackedProductEntity> {
    if (Object.keys(values).length > 0) await this.#manager.update(TrackedProductEntity, { id }, values);
    return this.#manager.findOneByOrFail(TrackedProductEntity, { id });
  }

  /**
   * Products of found listings. One that was found before is brought up to date in what its page says; its name stays,
   * which its owner may have changed.
   */
  async upsertFound(listings: readonly FoundListing[]): Promise<(TrackedProductEntity & { isNew: boolean })[]> {
    if (listings.length === 0) return [];
    const metadata = this.#manager.connection.getMetadata(TrackedProductEntity);
    return this.#manager.query(
      `INSERT INTO tracked_products AS known (owner_id, sku, name, gtin, image_url, condition, size)
       SELECT DISTINCT ON ("ownerId", sku) "ownerId", sku, name, gtin, "imageUrl", condition, size
       FROM jsonb_to_recordset($1::jsonb) AS given ("ownerId" uuid, sku text, name text, gtin text, "imageUrl" text, condition text, size text)
       ORDER BY "ownerId", sku
       ON CONFLICT (owner_id, sku) WHERE sku IS NOT NULL DO UPDATE SET
         gtin = coalesce(excluded.gtin, known.gtin), image_url = coalesce(excluded.image_url, known.image_url),
         condition = coalesce(excluded.condition, known.condition), size = coalesce(excluded.size, known.size)
       RETURNING ${columnsOf(metadata)}, xmax = 0 AS "isNew"`,
      [JSON.stringify(listings)],
    );
  }

  /** With its pages, their history, its alerts and its tags' links. */
  async delete(id: string): Promise<void> {
    await this.#manager.query('DELETE FROM tracked_products WHERE id = $1', [id]);
  }
}
