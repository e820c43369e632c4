import type { EntityManager } from 'typeorm';
import type { StoreEntity } from '../store/store.entity.ts';

/** A page in hand, with what is needed to look at it. */
export interface ClaimedUrl
  extends Pick<StoreEntity, 'selectors' | 'locale' | 'currency' | 'delayMs' | 'concurrency' | 'rendering'> {
  readonly id: string;
  readonly url: string;
  readonly host: string;
  /** Null where the page is to be read anew, as after its store was changed. */
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** All pages of a product, or of a store. */
export interface PagesOf {
  readonly column: 'product_id' | 'store_id';
  readonly id: string;
}

export interface ClaimLimits {
  /** How many at most. */
  readonly total: number;
  /** In hand at a time of one host. */
  readonly perHost: number;
  /** What this process has in hand, by host. */
  readonly inHand: ReadonlyMap<string, number>;
  /** Until when nobody else takes them, unless it is put off. */
  readonly leaseUntil: Date;
}

/*
 * Hosts are found by skipping from one to the next in the index. Of each only a few pages are taken, and from all the first
 * before any the second, so that none stands before the others; what somebody asked for goes first.
 */
const claimSql = `
WITH RECURSIVE host AS (
  (SELECT host FROM tracked_urls WHERE is_active AND next_check_at IS NOT NULL ORDER BY host LIMIT 1)
  UNION ALL
  SELECT (
    SELECT url.host FROM tracked_urls AS url
    WHERE url.host > host.host AND url.is_active AND url.next_check_at IS NOT NULL ORDER BY url.host LIMIT 1)
  FROM host WHERE host.host IS NOT NULL
), busy AS (
  SELECT * FROM unnest($2::text[], $3::int[]) AS busy(host, count)
), due AS (
  SELECT waiting.*, coalesce(busy.count, 0) + row_number() OVER (
    PARTITION BY host.host ORDER BY requested_at NULLS LAST, next_check_at) AS place
  FROM host LEFT JOIN busy ON busy.host = host.host
  CROSS JOIN LATERAL (
    SELECT * FROM (
      SELECT * FROM (
        SELECT id, requested_at, next_check_at FROM tracked_urls AS url
        WHERE url.host = host.host AND requested_at IS NOT NULL AND is_active AND next_check_at <= $1
        ORDER BY requested_at LIMIT greatest(0, $4 - coalesce(busy.count, 0))
        FOR NO KEY UPDATE SKIP LOCKED) AS requested
      UNION ALL
      SELECT * FROM (
        SELECT id, requested_at, next_check_at FROM tracked_urls AS url
        WHERE url.host = host.host AND requested_at IS NULL AND is_active AND next_check_at <= $1
        ORDER BY next_check_at LIMIT greatest(0, $4 - coalesce(busy.count, 0))
        FOR NO KEY UPDATE SKIP LOCKED) AS turn
    ) AS either
    ORDER BY requested_at NULLS LAST, next_check_at
    LIMIT greatest(0, $4 - coalesce(busy.count, 0))
  ) AS waiting
), taken AS (
  SELECT id FROM due ORDER BY requested_at NULLS LAST, place, next_check_at LIMIT $5
)
UPDATE tracked_urls AS url
SET next_check_at = $6, requested_at = NULL
FROM taken, stores AS store
WHERE url.id = taken.id AND store.id = url.store_id
RETURNING url.id, url.url, url.host, store.selectors, store.locale, store.currency, store.delay_ms AS "delayMs",
  store.concurrency, store.rendering,
  CASE WHEN store.updated_at <= url.priced_at THEN url.etag END AS etag,
  CASE WHEN store.updated_at <= url.priced_at THEN url.last_modified END AS "lastModified"`;

/** What refreshing needs of the database: what is due, taken so that no other takes it. */
export class RefreshRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Takes pages that are due, of each host those that are due longest. */
  async claim(now: Date, { total, perHost, inHand, leaseUntil }: ClaimLimits): Promise<ClaimedUrl[]> {
    const [rows] = await this.#manager.query<[ClaimedUrl[], number]>(claimSql, [
      now,
      [...inHand.keys()],
      [...inHand.values()],
      perHost,
      total,
      leaseUntil,
    ]);
    return rows;
  }

  /** Says when pages in hand are due again, for they are not done yet; not of those that were asked for meanwhile. */
  async postpone(urlIds: readonly string[], until: Date): Promise<void> {
    if (urlIds.length === 0) return;
    await this.#manager.query(
      `UPDATE tracked_urls SET next_check_at = $2
       WHERE id IN (
         SELECT id FROM tracked_urls
         WHERE id = ANY($1::uuid[]) AND requested_at IS NULL AND next_check_at IS NOT NULL
         ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)`,
      [urlIds, until],
    );
  }

  /** @returns how many of the pages are active. */
  async request(urlIds: readonly string[], now: Date): Promise<number> {
    if (urlIds.length === 0) return 0;
    const [, count] = await this.#manager.query<[unknown, number]>(
      `WITH wanted AS (
         SELECT id FROM tracked_urls WHERE id = ANY($1::uuid[]) AND is_active ORDER BY id FOR NO KEY UPDATE)
       UPDATE tracked_urls AS url
       SET requested_at = $2, next_check_at = least(coalesce(url.next_check_at, $2), $2)
       FROM wanted WHERE url.id = wanted.id`,
      [urlIds, now],
    );
    return count;
  }

  /** Active pages that were not looked at since a moment. */
  async listRefreshable({ column, id }: PagesOf, since: Date): Promise<string[]> {
    const rows = await this.#manager.query<{ id: string }[]>(
      `SELECT id FROM tracked_urls
       WHERE ${column} = $1 AND is_active AND (last_checked_at IS NULL OR last_checked_at < $2)`,
      [id, since],
    );
    return rows.map((row) => row.id);
  }
}
