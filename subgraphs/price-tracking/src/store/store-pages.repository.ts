import type { EntityManager } from 'typeorm';

/** The tracked pages of a store, as its deletion sees them. */
export class StorePagesRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Whose pages they are. */
  async listProductIds(storeId: string): Promise<string[]> {
    const sql = 'SELECT DISTINCT product_id AS "productId" FROM tracked_urls WHERE store_id = $1';
    const rows: { productId: string }[] = await this.#manager.query(sql, [storeId]);
    return rows.map(({ productId }) => productId);
  }

  /** Pages of other products than these. */
  async countBeside(storeId: string, productIds: readonly string[]): Promise<number> {
    const [{ count }] = await this.#manager.query(
      'SELECT count(*)::int FROM tracked_urls WHERE store_id = $1 AND product_id <> ALL($2::uuid[])',
      [storeId, productIds],
    );
    return count;
  }

  /** Their history goes with them. */
  async deleteAll(storeId: string): Promise<void> {
    await this.#manager.query('DELETE FROM tracked_urls WHERE store_id = $1', [storeId]);
  }
}
