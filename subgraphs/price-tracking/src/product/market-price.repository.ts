import type { EntityManager } from 'typeorm';

/** What stores ask for a good in one currency. Amounts are decimals as text. */
export interface MarketFigures {
  readonly sku: string;
  readonly currency: string;
  readonly lowest: string;
  readonly average: string;
  readonly stores: number;
  readonly asOf: Date;
}

/*
 * Whoever watches a page, it is one; and a store is its host, for each who watches it has a store row of their own.
 */
const figuresSql = `
WITH page AS (
  SELECT DISTINCT ON (product.catalogue_sku, url.currency, url.url)
    product.catalogue_sku AS sku, url.currency, regexp_replace(url.host, '^www\\.', '') AS store, url.price, url.priced_at
  FROM tracked_products AS product JOIN tracked_urls AS url ON url.product_id = product.id
  WHERE product.counts_for_market AND product.catalogue_sku = ANY($1::text[])
    AND url.is_active AND url.price > 0 AND url.priced_at >= $2
    AND coalesce(url.availability, 'IN_STOCK') IN ('IN_STOCK', 'PRE_ORDER')
  ORDER BY product.catalogue_sku, url.currency, url.url, url.priced_at DESC
), store AS (
  SELECT DISTINCT ON (sku, currency, store) sku, currency, price, priced_at
  FROM page ORDER BY sku, currency, store, price, priced_at DESC
)
SELECT sku, currency, min(price)::text AS lowest, round(avg(price), 4)::text AS average, count(*)::int AS stores,
  min(priced_at) AS "asOf"
FROM store GROUP BY sku, currency ORDER BY sku, stores DESC, currency`;

export class MarketPriceRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Of each good a row for each currency, that of the most stores first; of prices read since a moment. */
  list(skus: readonly string[], since: Date): Promise<MarketFigures[]> {
    return this.#manager.query(figuresSql, [skus, since]);
  }
}
