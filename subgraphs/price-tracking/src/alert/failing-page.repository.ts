import type { EntityManager } from 'typeorm';
import type { FailingPage } from './price-change.ts';

/** A page that fails, with the names that it is told by. */
export interface ReportedPage {
  readonly ownerId: string;
  readonly storeId: string;
  readonly storeName: string;
  /** How many pages of the store fail. */
  readonly failing: number;
  readonly productId: string;
  readonly productName: string;
  readonly urlId: string;
  readonly url: string;
  readonly failures: number;
  readonly outcome: string;
  readonly error: string | null;
}

export interface Reporting {
  /** So many failures in a row are reported. */
  readonly least: number;
  readonly now: Date;
  /** Of one store. */
  readonly mostPages: number;
}

/** Pages that fail, and whether their owner knows. */
export class FailingPageRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /**
   * Stores with a page whose failures in a row have become as many as are reported, and their pages that fail as long, give or
   * take a round: a store that is down fails page by page. Its owner hears of it once a day; what begins to fail meanwhile
   * is reported when the day is over, if it fails then.
   */
  report(pages: readonly FailingPage[], { least, now, mostPages }: Reporting): Promise<ReportedPage[]> {
    const rows = pages.map(({ urlId, failures }) => ({ urlId, failures }));
    return this.#manager.query(
      `WITH given AS (
         SELECT url.store_id
         FROM jsonb_to_recordset($1::jsonb) AS given ("urlId" uuid, failures int)
         JOIN tracked_urls AS url ON url.id = given."urlId"
         LEFT JOIN reported_failures AS report ON report.url_id = url.id
         WHERE given.failures >= $2 AND report.failing_since IS DISTINCT FROM url.failing_since
       ), told AS (
         INSERT INTO reported_stores AS store (store_id, reported_at)
         SELECT DISTINCT store_id, $3::timestamptz FROM given ORDER BY 1
         ON CONFLICT (store_id) DO UPDATE SET reported_at = excluded.reported_at
           WHERE store.reported_at <= excluded.reported_at - interval '1 day'
         RETURNING store_id
       ), failing AS (
         SELECT url.*, count(*) OVER (PARTITION BY url.store_id)::int AS together,
           row_number() OVER (PARTITION BY url.store_id ORDER BY url.failures DESC, NOT url.is_primary, url.id) AS place
         FROM tracked_urls AS url JOIN told ON told.store_id = url.store_id
         WHERE url.failing_since IS NOT NULL AND url.failures >= greatest($2::int - 1, 1)
       ), saved AS (
         INSERT INTO reported_failures AS report (url_id, failing_since)
         SELECT id, failing_since FROM failing ORDER BY 1
         ON CONFLICT (url_id) DO UPDATE SET failing_since = excluded.failing_since
       )
       SELECT failing.owner_id AS "ownerId", store.id AS "storeId", store.name AS "storeName",
         failing.together AS failing, product.id AS "productId", product.name AS "productName", failing.id AS "urlId",
         failing.url, failing.failures, failing.last_outcome AS outcome, failing.last_error AS error
       FROM failing
       JOIN tracked_products AS product ON product.id = failing.product_id
       JOIN stores AS store ON store.id = failing.store_id
       WHERE failing.place <= $4 ORDER BY store.id, failing.place`,
      [JSON.stringify(rows), least, now, mostPages],
    );
  }
}
