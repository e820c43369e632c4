import type { EntityManager } from 'typeorm';
import type { NewTrackedProduct } from '../tracked-product/tracked-product.repository.ts';

export interface KnownSku {
  readonly id: string;
  readonly sku: string;
}

/** What scraping asks of tracked products, and nobody else. */
export class FoundProductRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Those of the owner with one of the SKUs. */
  listBySku(ownerId: string, skus: readonly string[]): Promise<KnownSku[]> {
    return this.#manager.query('SELECT id, sku FROM tracked_products WHERE owner_id = $1 AND sku = ANY($2::text[])', [
      ownerId,
      skus,
    ]);
  }

  /** Gives products that were watched by their page alone the SKUs of their listings. */
  async adopt(products: readonly KnownSku[]): Promise<void> {
    if (products.length === 0) return;
    await this.#manager.query(
      `UPDATE tracked_products AS product SET sku = given.sku
       FROM jsonb_to_recordset($1::jsonb) AS given(id uuid, sku text)
       WHERE product.id = given.id AND product.sku IS NULL`,
      [JSON.stringify(products)],
    );
  }

  async insertAll(products: readonly (NewTrackedProduct & { readonly id: string })[]): Promise<void> {
    if (products.length === 0) return;
    await this.#manager.query(
      `INSERT INTO tracked_products (id, owner_id, name, image_url, condition, size)
       SELECT id, "ownerId", name, "imageUrl", condition, size FROM jsonb_to_recordset($1::jsonb)
         AS given (id uuid, "ownerId" uuid, name text, "imageUrl" text, condition text, size text)`,
      [JSON.stringify(products)],
    );
  }
}
