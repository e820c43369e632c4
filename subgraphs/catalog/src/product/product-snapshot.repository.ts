import type { EntityManager } from 'typeorm';

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
   * Inside a transaction: counts the goods of a source that a run did not mention, and hides them unless it is to be dry. Goods that were
   * observed after the snapshot are left alone, even where that observation found nothing to write, and so are those
   * that the run named in rows that could not be read.
   */
  async hideMissing(snapshot: {
    readonly runId: string;
    readonly source: string;
    readonly observedAt: string;
    readonly dryRun: boolean;
    readonly keep: readonly string[];
  }): Promise<SnapshotCounts> {
    const { runId, source, observedAt, dryRun, keep } = snapshot;
    const [counts] = await this.#manager.query(
      `WITH spared AS MATERIALIZED (
         SELECT DISTINCT unnest(o.skus || o.rejected_skus) AS sku FROM sync_observations o
         WHERE o.run_id = $1 OR o.observed_at > $3::timestamptz
       ), goods AS MATERIALIZED (
         SELECT p.id, p.observed_at > $3::timestamptz OR p.sku IN (SELECT sku FROM spared)
           OR p.sku = ANY($5::text[]) OR coalesce(p.barcode = ANY($5::text[]), false) AS stays
         FROM products p WHERE p.source = $2 AND p.hidden_reason IS NULL
       ), hidden AS (
         UPDATE products p
         SET hidden_reason = 'NOT_IN_SNAPSHOT', observed_at = $3::timestamptz, last_synced_at = now(), updated_at = now()
         FROM goods g WHERE g.id = p.id AND NOT g.stays AND NOT $4::boolean RETURNING p.sku
       ), observed AS (
         INSERT INTO sync_observations (source, run_id, observed_at, actor, skus)
         SELECT $2, $1, $3::timestamptz, 'snapshot', array_agg(sku) FROM hidden HAVING count(*) > 0
       )
       SELECT count(*)::integer AS total, (count(*) FILTER (WHERE NOT stays))::integer AS missing,
         (SELECT count(*) FROM hidden)::integer AS hidden FROM goods`,
      [runId, source, observedAt, dryRun, keep],
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
}
