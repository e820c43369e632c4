import type { EntityManager } from 'typeorm';
import type { ProductEntity } from './product.entity.ts';

/** What a read of `products p LEFT JOIN categories c` gives, under the names of the row that resolvers see. */
export const productColumns = `
  p.id, p.sku, p.barcode, p.display_name AS name, p.sort_name AS "sortName",
  coalesce(p.description_override, p.description) AS description, p.brand, p.sale_price AS "priceAmount",
  coalesce(p.currency_override, p.currency) AS "priceCurrency", p.weight_grams AS "weightGrams", p.unit,
  p.energy_kcal AS "energyKcal", p.carbohydrates, p.fat, p.proteins, p.sugars,
  p.category_id AS "categoryId", coalesce(c.path_ids, '{}') AS "categoryPath",
  p.image_urls AS "imageUrls", p.image_order AS "imageOrder", p.tags,
  p.is_available AS "isAvailable", p.switched_off_reason AS "unavailableReason", p.hidden_reason AS "hiddenReason",
  p.name_override AS "nameOverride", p.description_override AS "descriptionOverride",
  p.price_override AS "priceOverride", p.currency_override AS "currencyOverride",
  p.created_at AS "createdAt", p.updated_at AS "updatedAt", p.last_synced_at AS "lastSyncedAt"`;

const selectProducts = `SELECT ${productColumns} FROM products p LEFT JOIN categories c ON c.id = p.category_id`;

/** Single goods and sets of goods by their keys. */
export class ProductRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  listByIds(ids: readonly string[]): Promise<ProductEntity[]> {
    return this.#manager.query(`${selectProducts} WHERE p.id = ANY($1::uuid[])`, [ids]);
  }

  listBySkus(skus: readonly string[]): Promise<ProductEntity[]> {
    return this.#manager.query(`${selectProducts} WHERE p.sku = ANY($1::text[])`, [skus]);
  }

  /** Of several goods with one barcode: one that is not hidden before one that is, then the oldest. */
  async findByBarcode(barcode: string): Promise<ProductEntity | null> {
    const [product] = await this.#manager.query(
      `${selectProducts} WHERE p.barcode = $1 ORDER BY p.hidden_reason IS NOT NULL, p.created_at, p.id LIMIT 1`,
      [barcode],
    );
    return product ?? null;
  }
}
