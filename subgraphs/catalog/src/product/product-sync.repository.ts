import { textArray } from '@gastronom/shared/database/array-literal';
import type { EntityManager } from 'typeorm';
import { newWords, words } from '../search/search-words.sql.ts';
import { inputColumns, storedColumns, writeProducts } from './product-sync.sql.ts';

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
  /** Whether it is for sale, or belongs, otherwise than before; nobody can have known new goods. */
  readonly offerChanged: boolean;
}

export interface Observation {
  readonly source: string;
  readonly runId: string;
  readonly observedAt: string;
  readonly actor: string;
}

const syncLock = 'catalog.sync';

/** NUL, which JSON can hold and PostgreSQL cannot, is left out of every text. */
const storable = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '') : (value ?? null);

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
      // Barcode by barcode: of a whole array the planner, before the first ANALYZE, expects most of the table.
      `SELECT id, sku, barcode FROM products WHERE sku = ANY($1::text[])
       UNION SELECT p.id, p.sku, p.barcode FROM unnest($2::text[]) AS wanted (barcode)
       CROSS JOIN LATERAL (SELECT * FROM products p WHERE p.barcode = wanted.barcode OFFSET 0) p`,
      [textArray(skus), textArray(barcodes)],
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
    goods: { readonly skus: readonly string[]; readonly rejectedSkus: readonly string[] },
    retentionDays: number,
  ): Promise<void> {
    await this.#manager.query(
      `WITH dropped AS (
         DELETE FROM sync_observations WHERE observed_at < now() - make_interval(days => $7)
       )
       INSERT INTO sync_observations (source, run_id, observed_at, actor, skus, rejected_skus)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [source, runId, observedAt, actor, goods.skus, goods.rejectedSkus, retentionDays],
    );
  }

  /** Brings categories' names on goods, by which goods are found, to what they are called now; gives the goods back. */
  async updateCategoryNames(categoryIds: readonly string[]): Promise<string[]> {
    if (categoryIds.length === 0) return [];
    const renamed: { sku: string }[] = await this.#manager.query(
      `WITH renamed AS (
         UPDATE products p SET category_names = array_to_string(c.path_names, ' ')
         FROM categories c WHERE c.id = ANY($1::uuid[]) AND p.category_id = c.id
         RETURNING p.sku, ${words('p.search')}
       ), learned AS (
         INSERT INTO search_words (word) ${newWords('SELECT words FROM renamed')}
       )
       SELECT sku FROM renamed`,
      [categoryIds],
    );
    return renamed.map(({ sku }) => sku);
  }

  /** Writes what differs, and nothing else; gives back what was written. */
  async write(rows: readonly ProductWrite[], { source, observedAt }: Observation): Promise<WrittenProduct[]> {
    if (rows.length === 0) return [];
    const columns = inputColumns.map(({ name }) => rows.map((row) => storable(row[name])));
    return this.#manager.query(writeProducts, [source, observedAt, ...columns]);
  }
}

/** The bit of each column in `given`. */
export const givenBits: ReadonlyMap<string, number> = new Map(storedColumns.map(({ name }, n) => [name, 1 << n]));
