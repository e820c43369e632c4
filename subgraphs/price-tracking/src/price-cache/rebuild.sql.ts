/**
 * Works out anew what products and their pages asked in the last 365 days. A day’s price is the lowest that was read on it;
 * days without a reading carry the last price, from one point of history to the next, and none behind the last one. Each
 * currency has figures of its own.
 *
 * $1 products, whose rows are locked; $2 now.
 */
export const rebuildPriceCachesSql = `
WITH bounds AS MATERIALIZED (
  SELECT ($2::timestamptz AT TIME ZONE 'UTC')::date AS today, ($2::timestamptz AT TIME ZONE 'UTC')::date - 364 AS first
), url AS MATERIALIZED (
  SELECT id, product_id, currency FROM tracked_urls WHERE product_id = ANY($1::uuid[])
), point AS MATERIALIZED (
  SELECT url.product_id, url.id AS url_id, point.currency, point.price, point.observed_at, point.id,
    (point.observed_at AT TIME ZONE 'UTC')::date AS day
  FROM url CROSS JOIN bounds
  CROSS JOIN LATERAL (
    SELECT * FROM price_points
    WHERE url_id = url.id AND observed_at >= (bounds.first::timestamp AT TIME ZONE 'UTC')
    UNION ALL
    -- What stood when the year began.
    (SELECT * FROM price_points
     WHERE url_id = url.id AND observed_at < (bounds.first::timestamp AT TIME ZONE 'UTC')
     ORDER BY observed_at DESC, id DESC LIMIT 1)
  ) AS point
), span AS (
  SELECT point.*, lead(day) OVER (PARTITION BY url_id ORDER BY observed_at, id) AS next_day FROM point
), daily AS MATERIALIZED (
  SELECT span.product_id, span.url_id, span.currency, shown.day::date AS day, min(span.price) AS price
  FROM span CROSS JOIN bounds
  CROSS JOIN generate_series(greatest(span.day, bounds.first)::timestamp,
    greatest(span.day, span.next_day - 1)::timestamp, interval '1 day') AS shown(day)
  GROUP BY span.product_id, span.url_id, span.currency, shown.day
), of_url AS (
  SELECT daily.url_id, daily.currency, min(daily.price) AS lowest, max(daily.price) AS highest,
    round(avg(daily.price), 4) AS average, count(*) AS days
  FROM daily JOIN url ON url.id = daily.url_id AND url.currency = daily.currency
  GROUP BY daily.url_id, daily.currency
), stretch AS (
  SELECT url_id, currency, price, observed_at, id,
    lag(price) OVER (PARTITION BY url_id, currency ORDER BY observed_at, id) AS previous
  FROM point
), change AS (
  SELECT DISTINCT ON (url_id, currency) url_id, currency, price, previous, observed_at
  FROM stretch WHERE previous <> price
  ORDER BY url_id, currency, observed_at DESC, id DESC
), former_urls AS (
  -- A page whose currency is another now may have no figures yet.
  DELETE FROM url_price_caches AS cache USING url
  WHERE cache.url_id = url.id AND NOT EXISTS (SELECT FROM of_url WHERE of_url.url_id = cache.url_id)
), urls AS (
  INSERT INTO url_price_caches
    (url_id, currency, trend, previous_price, changed_at, lowest, highest, average)
  SELECT of_url.url_id, of_url.currency,
    CASE
      WHEN change.observed_at > $2::timestamptz - interval '30 days'
        THEN CASE WHEN change.price > change.previous THEN 'UP' ELSE 'DOWN' END
      WHEN change.url_id IS NULL AND of_url.days = 1 THEN 'NEW'
      ELSE 'FLAT' END,
    change.previous, change.observed_at, of_url.lowest, of_url.highest, of_url.average
  FROM of_url LEFT JOIN change ON change.url_id = of_url.url_id AND change.currency = of_url.currency
  ON CONFLICT (url_id) DO UPDATE SET currency = excluded.currency, trend = excluded.trend,
    previous_price = excluded.previous_price, changed_at = excluded.changed_at, lowest = excluded.lowest,
    highest = excluded.highest, average = excluded.average
), cheapest AS (
  SELECT product_id, currency, day, min(price) AS price FROM daily GROUP BY product_id, currency, day
), of_product AS (
  SELECT product_id, currency, min(price) AS lowest, max(price) AS highest, round(avg(price), 4) AS average,
    array_agg(day ORDER BY day) AS days, array_agg(price ORDER BY day) AS prices
  FROM cheapest GROUP BY product_id, currency
), former_products AS (
  DELETE FROM price_caches AS cache
  WHERE cache.product_id = ANY($1::uuid[]) AND NOT EXISTS (
    SELECT FROM of_product
    WHERE of_product.product_id = cache.product_id AND of_product.currency = cache.currency)
)
INSERT INTO price_caches (product_id, currency, lowest, highest, average, days, prices)
SELECT product_id, currency, lowest, highest, average, days, prices FROM of_product
ON CONFLICT (product_id, currency) DO UPDATE SET lowest = excluded.lowest, highest = excluded.highest,
  average = excluded.average, days = excluded.days, prices = excluded.prices`;
