import { readQuickly } from '@gastronom/shared/database/read-quickly';
import type { EntityManager } from 'typeorm';
import type { ProductEntity } from './product.entity.ts';
import { productColumns } from './product-columns.ts';

const selectProducts = `SELECT ${productColumns} FROM products p LEFT JOIN categories c ON c.id = p.category_id`;

/** Single goods and sets of goods by their keys. */
export class ProductRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  listByIds(ids: readonly string[]): Promise<ProductEntity[]> {
    return readQuickly(this.#manager, `${selectProducts} WHERE p.id = ANY($1::uuid[])`, [ids]);
  }

  listBySkus(skus: readonly string[]): Promise<ProductEntity[]> {
    return readQuickly(this.#manager, `${selectProducts} WHERE p.sku = ANY($1::text[])`, [skus]);
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
