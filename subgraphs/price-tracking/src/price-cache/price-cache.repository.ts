import type { EntityManager } from 'typeorm';
import { rebuildPriceCachesSql } from './rebuild.sql.ts';

export const priceTrends = ['UP', 'DOWN', 'FLAT', 'NEW'] as const;
export type PriceTrendName = (typeof priceTrends)[number];

/** What a product costs in one currency. Amounts are decimals as text. */
export interface ProductPrices {
  readonly productId: string;
  readonly currency: string;
  /** Of pages that are watched and on which it can be bought; null where there is none. */
  readonly lowest: string | null;
  readonly highest: string | null;
  readonly average: string | null;
  readonly lowestUrlId: string | null;
  readonly stores: number;
  readonly asOf: Date | null;
  /** Of the days of the last year; null before the first. */
  readonly yearLowest: string | null;
  readonly yearHighest: string | null;
  readonly yearAverage: string | null;
  /** As `2026-11-21`, and the prices beside them. */
  readonly days: readonly string[] | null;
  readonly prices: readonly string[] | null;
}

/** What a page asked in the last year, in the currency that it asks now. */
export interface UrlPrices {
  readonly urlId: string;
  readonly currency: string;
  readonly trend: PriceTrendName;
  readonly previousPrice: string | null;
  readonly changedAt: Date | null;
  readonly lowest: string;
  readonly highest: string;
  readonly average: string;
}

const ofProductsSql = `
WITH now AS (
  SELECT product_id, currency, min(price)::text AS lowest, max(price)::text AS highest,
    round(avg(price), 4)::text AS average, (array_agg(id ORDER BY price, priced_at DESC, id))[1] AS lowest_url_id,
    count(DISTINCT store_id)::int AS stores, max(priced_at) AS as_of
  FROM tracked_urls
  WHERE product_id = ANY($1::uuid[]) AND is_active AND price IS NOT NULL AND last_outcome <> 'GONE'
    AND coalesce(availability, 'IN_STOCK') IN ('IN_STOCK', 'PRE_ORDER')
  GROUP BY product_id, currency
), year AS (
  SELECT * FROM price_caches WHERE product_id = ANY($1::uuid[])
)
SELECT product_id AS "productId", currency, now.lowest, now.highest, now.average,
  now.lowest_url_id AS "lowestUrlId", coalesce(now.stores, 0) AS stores, now.as_of AS "asOf",
  year.lowest::text AS "yearLowest", year.highest::text AS "yearHighest", year.average::text AS "yearAverage",
  year.days::text[] AS days, year.prices::text[] AS prices
FROM now FULL JOIN year USING (product_id, currency)
ORDER BY coalesce(now.stores, 0) DESC, currency`;

export class PriceCacheRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Of each product a row for each currency, that of the most stores first. */
  ofProducts(productIds: readonly string[]): Promise<ProductPrices[]> {
    return this.#manager.query(ofProductsSql, [productIds]);
  }

  /** Works out anew what products cost: their rows are locked. */
  async rebuild(productIds: readonly string[], now: Date): Promise<void> {
    await this.#manager.query(rebuildPriceCachesSql, [productIds, now]);
  }

  ofUrls(urlIds: readonly string[]): Promise<UrlPrices[]> {
    return this.#manager.query(
      `SELECT url_id AS "urlId", currency, trend, previous_price AS "previousPrice", changed_at AS "changedAt",
         lowest, highest, average
       FROM url_price_caches WHERE url_id = ANY($1::uuid[])`,
      [urlIds],
    );
  }
}
