import type { EntityManager } from 'typeorm';

/** All that belongs to one person. */
export class WatcherRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /**
   * Some of the person's products, with all that hangs on them.
   * @returns how many, and the goods of whose market they were.
   */
  async deleteProducts(ownerId: string, most: number): Promise<{ count: number; marketSkus: string[] }> {
    const rows: { sku: string | null }[] = await this.#manager.query(
      `WITH gone AS (
         DELETE FROM tracked_products WHERE id IN (
           SELECT id FROM tracked_products WHERE owner_id = $1 ORDER BY id LIMIT $2 FOR NO KEY UPDATE)
         RETURNING CASE WHEN counts_for_market THEN catalogue_sku END AS sku
       ) SELECT sku FROM gone`,
      [ownerId, most],
    );
    return { count: rows.length, marketSkus: rows.flatMap(({ sku }) => sku ?? []) };
  }

  /** The rest, in whichever table it stands: a table of ours whose rows have owners says so by its column. */
  async deleteRest(ownerId: string): Promise<void> {
    const tables: { name: string }[] = await this.#manager.query(
      `SELECT quote_ident(table_name) AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND column_name = 'owner_id'
       -- Stores last: others point at them.
       ORDER BY table_name = 'stores', table_name`,
    );
    for (const { name } of tables) await this.#manager.query(`DELETE FROM ${name} WHERE owner_id = $1`, [ownerId]);
  }
}
