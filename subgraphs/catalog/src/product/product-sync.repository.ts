import type { EntityManager } from 'typeorm';
import { storedColumns, writeProducts } from './product-sync.sql.ts';

/** One row as it is written. `id` null makes new goods; bit n of `given` says that the nth stored column came. */
export interface ProductWrite {
  readonly id: string | null;
  readonly sku: string;
  readonly removed: boolean;
  readonly given: number;
  readonly [column: string]: unknown;
}

export interface WrittenProduct {
  readonly id: string;
  readonly sku: string;
  readonly created: boolean;
  /** Whether anything that is searched for changed. */
  readonly textChanged: boolean;
}

export interface Observation {
  readonly source: string;
  readonly runId: string;
  readonly observedAt: string;
  readonly actor: string;
}

const syncLock = 'catalog.sync';

/** NUL, which JSON can hold and PostgreSQL cannot, is left out of every text. */
const toJson = (rows: readonly unknown[]): string => {
  const json = JSON.stringify(rows);
  if (!json.includes('\\u0000')) return json;
  return JSON.stringify(rows, (_key, value) => (typeof value === 'string' ? value.replaceAll('\0', '') : value));
};

/** The goods as syncs see and write them: whole batches, each a few statements whatever its size. */
export class ProductSyncRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /**
   * One batch at a time writes what 1C owns: which goods a barcode means depends on rows of other batches, so that row
   * locks would not do. Held to the end of the transaction.
   */
  async lock(): Promise<void> {
    await this.#manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [syncLock]);
  }

  listKeys(
    skus: readonly string[],
    barcodes: readonly string[],
  ): Promise<{ id: string; sku: string; barcode: string | null }[]> {
    return this.#manager.query(
      `SELECT id, sku, barcode FROM products WHERE sku = ANY($1::text[])
       UNION SELECT id, sku, barcode FROM products WHERE barcode = ANY($2::text[])`,
      [skus, barcodes],
    );
  }

  /** Which of the goods a batch that was observed later has spoken of. */
  async listObservedLater(observedAt: string, skus: readonly string[]): Promise<Set<string>> {
    const rows: { sku: string }[] = await this.#manager.query(
      `SELECT DISTINCT seen.sku FROM sync_observations o CROSS JOIN unnest(o.skus) AS seen (sku)
       WHERE o.observed_at > $1::timestamptz AND seen.sku = ANY($2::text[])`,
      [observedAt, skus],
    );
    return new Set(rows.map(({ sku }) => sku));
  }

  /** Keeps what a batch spoke of, and drops what is too old to decide anything. */
  async insertObservation(
    { source, runId, observedAt, actor }: Observation,
    goods: { readonly skus: readonly string[]; readonly ambiguousSkus: readonly string[] },
    retentionDays: number,
  ): Promise<void> {
    await this.#manager.query(
      `WITH dropped AS (
         DELETE FROM sync_observations WHERE observed_at < now() - make_interval(days => $7)
       )
       INSERT INTO sync_observations (source, run_id, observed_at, actor, skus, ambiguous_skus)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [source, runId, observedAt, actor, goods.skus, goods.ambiguousSkus, retentionDays],
    );
  }

  /** Writes what differs, and nothing else; gives back what was written. */
  async write(rows: readonly ProductWrite[], { source, observedAt }: Observation): Promise<WrittenProduct[]> {
    if (rows.length === 0) return [];
    return this.#manager.query(writeProducts, [toJson(rows), source, observedAt]);
  }

  /** Teaches the search the words of goods whose text is new. In one order, so that it cannot deadlock. */
  async insertWords(productIds: readonly string[]): Promise<void> {
    if (productIds.length === 0) return;
    await this.#manager.query(
      `INSERT INTO search_words (word)
       SELECT DISTINCT term.lexeme COLLATE "C" FROM products p CROSS JOIN unnest(p.search) AS term
       WHERE p.id = ANY($1::uuid[]) AND term.weights && '{A,B,C}'
         AND NOT EXISTS (SELECT FROM search_words known WHERE known.word = term.lexeme COLLATE "C")
       ORDER BY 1
       ON CONFLICT (word) DO NOTHING`,
      [productIds],
    );
  }
}

/** The bit of each column in `given`. */
export const givenBits: ReadonlyMap<string, number> = new Map(storedColumns.map(({ name }, n) => [name, 1 << n]));
