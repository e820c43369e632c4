import type { EntityManager } from 'typeorm';

export interface BarcodedProduct {
  readonly id: string;
  readonly gtin: string;
}

/** Links of tracked products to goods, many at a time. */
export class CatalogueLinkRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Products with a barcode that nobody has linked, in the order of their ids, from behind one. */
  listUnlinked(ids: readonly string[] | null, size: number, after: string | null): Promise<BarcodedProduct[]> {
    return this.#manager.query(
      `SELECT id, gtin FROM tracked_products
       WHERE gtin IS NOT NULL AND catalogue_sku IS NULL AND ($1::uuid[] IS NULL OR id = ANY($1::uuid[]))
         AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $2`,
      [ids, size, after],
    );
  }

  /** Notes what barcodes suggest, where it is something else than before; not what somebody has rejected. */
  async suggest(products: readonly BarcodedProduct[], skus: ReadonlyMap<string, string>): Promise<void> {
    await this.#manager.query(
      `WITH wanted AS MATERIALIZED (
         SELECT p.id, CASE WHEN given.sku IS DISTINCT FROM p.rejected_sku THEN given.sku END AS sku
         FROM unnest($1::uuid[], $2::text[], $3::text[]) AS given (id, gtin, sku)
         JOIN tracked_products p ON p.id = given.id AND p.gtin = given.gtin
         WHERE p.catalogue_sku IS NULL ORDER BY p.id FOR NO KEY UPDATE OF p
       )
       UPDATE tracked_products p SET suggested_sku = wanted.sku FROM wanted
       WHERE p.id = wanted.id AND p.suggested_sku IS DISTINCT FROM wanted.sku`,
      [
        products.map(({ id }) => id),
        products.map(({ gtin }) => gtin),
        products.map(({ gtin }) => skus.get(gtin) ?? null),
      ],
    );
  }
}
