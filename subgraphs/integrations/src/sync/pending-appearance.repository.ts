import type { EntityManager } from 'typeorm';
import type { Appearance } from '../inventory/inventory-client.ts';

/** Goods that the catalogue made and inventory has not been told of, because it could not be reached. */
export class PendingAppearanceRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Takes some of them for this transaction; what another one holds is left to it. */
  lock(most: number): Promise<(Appearance & { id: string })[]> {
    return this.#manager.query(
      `SELECT id, sku, barcode, former_sku AS "formerSku" FROM pending_appearances
       ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [most],
    );
  }

  async insert(appearances: readonly Appearance[]): Promise<void> {
    if (appearances.length === 0) return;
    await this.#manager.query(
      `INSERT INTO pending_appearances (sku, barcode, former_sku)
       SELECT sku, barcode, "formerSku"
       FROM json_to_recordset($1::json) AS given(sku text, barcode text, "formerSku" text)`,
      [JSON.stringify(appearances)],
    );
  }

  async delete(ids: readonly string[]): Promise<void> {
    if (ids.length > 0)
      await this.#manager.query('DELETE FROM pending_appearances WHERE id = ANY ($1::bigint[])', [ids]);
  }
}
