import type { EntityManager } from 'typeorm';
import type { PriceTrendName } from '../price-cache/price-cache.repository.ts';

/** Of whom: a user, or everybody where it is null. */
export type Watched = string | null;

export interface TotalsRow {
  readonly products: number;
  readonly favourites: number;
  readonly stores: number;
  readonly activeUrls: number;
  readonly failingUrls: number;
  readonly waitingUrls: number;
  readonly alerts: number;
}

/** A product beside the page that speaks for it: the cheapest of those on which it can be bought. */
export interface SpotlightRow {
  readonly productId: string;
  readonly urlId: string | null;
  readonly price: string | null;
  readonly currency: string | null;
  readonly previousPrice: string | null;
  readonly trend: PriceTrendName | null;
}

export interface GroupRow {
  readonly name: string;
  readonly products: number;
  readonly favourites: number;
  readonly spotlight: readonly SpotlightRow[];
}

export interface StoreRow {
  readonly storeId: string;
  readonly activeUrls: number;
  readonly failingUrls: number;
  readonly checks: number;
  readonly failures: number;
}

export interface HourRow {
  readonly hour: Date;
  readonly outcome: string;
  readonly checks: number;
  readonly bytes: string;
  readonly waitedMs: string;
  readonly fetchedMs: string;
}

/** Of a product that is aliased `product`. What cannot be bought speaks for none, while something else does. */
const bestPage = `LEFT JOIN LATERAL (
    SELECT url.id, url.price, url.currency FROM tracked_urls AS url
    WHERE url.product_id = product.id AND url.price IS NOT NULL
    ORDER BY NOT url.is_active, coalesce(url.availability, 'IN_STOCK') NOT IN ('IN_STOCK', 'PRE_ORDER'),
      url.currency <> (SELECT currency FROM tracked_urls
        WHERE product_id = product.id AND price IS NOT NULL ORDER BY NOT is_primary, created_at, id LIMIT 1),
      url.price, NOT url.is_primary, url.id
    LIMIT 1
  ) AS page ON true
  LEFT JOIN url_price_caches AS cache ON cache.url_id = page.id AND cache.currency = page.currency`;

const spotlight = `product.id AS "productId", page.id AS "urlId", page.price::text AS price, page.currency,
  cache.previous_price::text AS "previousPrice", cache.trend`;

/** What a dashboard shows, each part in one statement. */
export class DashboardRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async totals(ownerId: Watched, now: Date): Promise<TotalsRow> {
    const [row] = await this.#manager.query<[TotalsRow]>(
      `SELECT (SELECT count(*)::int FROM tracked_products WHERE $1::uuid IS NULL OR owner_id = $1) AS products,
         (SELECT count(*)::int FROM tracked_products
          WHERE is_favourite AND ($1::uuid IS NULL OR owner_id = $1)) AS favourites,
         (SELECT count(*)::int FROM stores WHERE $1::uuid IS NULL OR owner_id = $1) AS stores,
         (SELECT count(*)::int FROM price_alerts WHERE is_enabled AND ($1::uuid IS NULL OR owner_id = $1)) AS alerts,
         urls.*
       FROM (
         SELECT count(*)::int AS "activeUrls", count(*) FILTER (WHERE failures > 0)::int AS "failingUrls",
           count(*) FILTER (WHERE next_check_at <= $2)::int AS "waitingUrls"
         FROM tracked_urls WHERE is_active AND ($1::uuid IS NULL OR owner_id = $1)
       ) AS urls`,
      [ownerId, now],
    );
    return row;
  }

  /** Pages whose turn has come. */
  async waiting(ownerId: Watched, now: Date): Promise<number> {
    const [{ count }] = await this.#manager.query<[{ count: number }]>(
      `SELECT count(*)::int FROM tracked_urls
       WHERE is_active AND next_check_at <= $2 AND ($1::uuid IS NULL OR owner_id = $1)`,
      [ownerId, now],
    );
    return count;
  }

  /** Favourites, the latest first. */
  spotlight(ownerId: Watched, size: number): Promise<SpotlightRow[]> {
    return this.#manager.query(
      `SELECT ${spotlight}
       FROM (
         SELECT id, updated_at FROM tracked_products WHERE is_favourite AND ($1::uuid IS NULL OR owner_id = $1)
         ORDER BY updated_at DESC, id LIMIT $2
       ) AS product ${bestPage}
       ORDER BY product.updated_at DESC, product.id`,
      [ownerId, size],
    );
  }

  /** By the name of the tag, whoever gave it; those of the most products first. Of each group, favourites come first. */
  groups(ownerId: Watched, size: number, products: number): Promise<GroupRow[]> {
    return this.#manager.query(
      `WITH tagged AS (
         SELECT lower(tag.name) AS key, min(tag.name) OVER (PARTITION BY lower(tag.name)) AS name, product.id,
           product.is_favourite, product.updated_at,
           row_number() OVER (PARTITION BY lower(tag.name)
             ORDER BY product.is_favourite DESC, product.updated_at DESC, product.id) AS place
         FROM tags AS tag
         JOIN tracked_product_tags AS link ON link.tag_id = tag.id
         JOIN tracked_products AS product ON product.id = link.product_id
         WHERE $1::uuid IS NULL OR tag.owner_id = $1
       ), largest AS (
         SELECT key, name, count(*)::int AS products, count(*) FILTER (WHERE is_favourite)::int AS favourites
         FROM tagged GROUP BY key, name ORDER BY count(*) DESC, name LIMIT $2
       )
       SELECT largest.name, largest.products, largest.favourites,
         (SELECT coalesce(jsonb_agg(to_jsonb(shown) - 'place' ORDER BY shown.place), '[]') FROM (
           SELECT ${spotlight}, product.place
           FROM tagged AS product ${bestPage}
           WHERE product.key = largest.key AND product.place <= $3
         ) AS shown) AS spotlight
       FROM largest ORDER BY largest.products DESC, largest.name`,
      [ownerId, size, products],
    );
  }

  /** Those that failed most often first. */
  stores(ownerId: Watched, since: Date, size: number): Promise<StoreRow[]> {
    return this.#manager.query(
      `WITH looked AS (
         SELECT store_id, count(*)::int AS checks, count(*) FILTER (WHERE outcome <> 'OK')::int AS failures
         FROM url_checks WHERE checked_at >= $2 AND ($1::uuid IS NULL OR owner_id = $1) GROUP BY store_id
       ), watched AS (
         SELECT store_id, count(*)::int AS urls, count(*) FILTER (WHERE failures > 0)::int AS failing
         FROM tracked_urls WHERE is_active AND ($1::uuid IS NULL OR owner_id = $1) GROUP BY store_id
       )
       SELECT store.id AS "storeId", coalesce(watched.urls, 0) AS "activeUrls", coalesce(failing, 0) AS "failingUrls",
         coalesce(checks, 0) AS checks, coalesce(looked.failures, 0) AS failures
       FROM stores AS store
       LEFT JOIN looked ON looked.store_id = store.id
       LEFT JOIN watched ON watched.store_id = store.id
       WHERE $1::uuid IS NULL OR store.owner_id = $1
       ORDER BY coalesce(looked.failures, 0)::float / greatest(checks, 1) DESC, checks DESC NULLS LAST, store.name, store.id
       LIMIT $3`,
      [ownerId, since, size],
    );
  }

  /** Looks at pages by the hour and what came of them. */
  hours(ownerId: Watched, since: Date): Promise<HourRow[]> {
    return this.#manager.query(
      `SELECT date_trunc('hour', checked_at, 'UTC') AS hour, outcome, count(*)::int AS checks, sum(bytes)::text AS bytes,
         sum(waited_ms)::text AS "waitedMs", sum(fetched_ms)::text AS "fetchedMs"
       FROM url_checks WHERE checked_at >= $2 AND ($1::uuid IS NULL OR owner_id = $1)
       GROUP BY 1, 2 ORDER BY 1, 2`,
      [ownerId, since],
    );
  }
}
