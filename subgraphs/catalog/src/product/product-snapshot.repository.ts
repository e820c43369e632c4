import type { EntityManager } from 'typeorm';
import type { ProductSnapshot } from './product-sync.inputs.ts';

export interface SnapshotCounts {
  readonly total: number;
  readonly missing: number;
  readonly hidden: number;
}

export interface BufferGoods {
  readonly sku: string;
  readonly isAvailable: boolean;
  readonly categoryPath: string[];
}

/** What other subgraphs ask about all goods at once. */
export class ProductSnapshotRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /**
   * Inside a transaction: counts the goods of a source that a run did not mention, and hides them unless it is to be
   * dry. Left alone are goods that were observed after the snapshot, even where that observation found nothing to write,
   * and goods that the run named in rows that could not be read. That goods were missing is an observation too: rows
   * seen before it are stale from then on.
   */
  async hideMissing(snapshot: ProductSnapshot): Promise<SnapshotCounts & { readonly hiddenSkus: readonly string[] }> {
    const { runId, source, observedAt, actor, dryRun, keep } = snapshot;
    // A million skus are compared in memory instead of on disk, which halves the time. Until the transaction ends.
    await this.#manager.query("SET LOCAL work_mem = '128MB'");
    const [counts] = await this.#manager.query(
      `WITH spared AS MATERIALIZED (
         SELECT unnest(o.skus || o.rejected_skus) AS sku FROM sync_observations o
         WHERE o.run_id = $1 OR o.observed_at > $3::timestamptz
         UNION SELECT unnest($5::text[])
         UNION SELECT p.sku FROM unnest($5::text[]) AS kept (barcode)
           CROSS JOIN LATERAL (SELECT * FROM products p WHERE p.barcode = kept.barcode OFFSET 0) p
       ), goods AS MATERIALIZED (
         SELECT p.id, p.observed_at > $3::timestamptz OR spared.sku IS NOT NULL AS stays
         FROM products p LEFT JOIN spared ON spared.sku = p.sku
         WHERE p.source = $2 AND p.hidden_reason IS NULL
       ), hidden AS (
         UPDATE products p
         SET hidden_reason = 'NOT_IN_SNAPSHOT', observed_at = $3::timestamptz, last_synced_at = now(), updated_at = now()
         FROM goods g WHERE g.id = p.id AND NOT g.stays AND NOT $4::boolean RETURNING p.sku
       ), observed AS (
         INSERT INTO sync_observations (source, run_id, observed_at, actor, skus)
         SELECT $2, $1, $3::timestamptz, $6, array_agg(sku) FROM hidden HAVING count(*) > 0
       )
       SELECT count(*)::integer AS total, (count(*) FILTER (WHERE NOT stays))::integer AS missing,
         (SELECT count(*) FROM hidden)::integer AS hidden, ARRAY(SELECT sku FROM hidden) AS "hiddenSkus"
       FROM goods`,
      [runId, source, observedAt, dryRun, keep, actor],
    );
    return counts;
  }

  /** Goods that are not hidden, in the order of their skus. */
  listForBuffers(after: string | null, limit: number): Promise<BufferGoods[]> {
    return this.#manager.query(
      `SELECT p.sku, p.is_available AS "isAvailable", coalesce(c.path_ids, '{}') AS "categoryPath"
       FROM products p LEFT JOIN categories c ON c.id = p.category_id
       WHERE p.hidden_reason IS NULL AND p.sku > $1 ORDER BY p.sku LIMIT $2`,
      [after ?? '', limit],
    );
  }

  /** Those of the goods that are known, hidden ones as not available, in the order of their skus. */
  listForStock(skus: readonly string[]): Promise<BufferGoods[]> {
    return this.#manager.query(
      `SELECT p.sku, p.is_available AND p.hidden_reason IS NULL AS "isAvailable",
         coalesce(c.path_ids, '{}') AS "categoryPath"
       FROM products p LEFT JOIN categories c ON c.id = p.category_id
       WHERE p.sku = ANY ($1::text[]) ORDER BY p.sku`,
      [skus],
    );
  }
}
