/**
 * Judges looks at pages against what is stored, and writes what came of them: the state of each page, a point of history
 * where something changed or its day has none yet, and the look itself. The products and pages are locked by the caller.
 * A look that is not newer than the last one stored changes nothing.
 *
 * $1 checks as JSON, at most one of a page; $2 now; $3 the last tick of the schedule, $4 the next one; $5 for how many
 * milliseconds after a tick pages are spread; $6 milliseconds between ticks; $7 after how many milliseconds a page that
 * is gone is given up, and $8 one that fails otherwise.
 */
export const recordChecksSql = `
WITH given AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS given(
    "urlId" uuid, "checkedAt" timestamptz, outcome text, code text, error text, "isUnchanged" boolean,
    etag text, "lastModified" text, title text, price numeric(18, 4), "oldPrice" numeric(18, 4), currency text,
    availability text, seller text, image text, bytes bigint, "waitedMs" int, "fetchedMs" int, tries int)
), read AS MATERIALIZED (
  SELECT url.id, url.product_id, url.owner_id, url.store_id, given."checkedAt" AS checked_at, given.outcome,
    given.code, given.error, given."isUnchanged" AS is_unchanged, given.bytes, given."waitedMs" AS waited_ms,
    given."fetchedMs" AS fetched_ms, given.tries,
    given.outcome = 'OK' AND (url.priced_at IS NOT NULL OR NOT given."isUnchanged") AS is_priced,
    url.price AS before_price, url.currency AS before_currency, url.availability AS before_availability,
    url.priced_at AS before_at, url.old_price AS before_old_price,
    -- Of an unchanged page, what was read of it stands.
    CASE WHEN given."isUnchanged" THEN url.price ELSE given.price END AS price,
    CASE WHEN given."isUnchanged" THEN url.old_price ELSE given."oldPrice" END AS old_price,
    CASE WHEN given."isUnchanged" THEN url.currency ELSE given.currency END AS currency,
    CASE WHEN given."isUnchanged" THEN url.availability ELSE given.availability END AS availability,
    coalesce(given.title, url.title) AS title,
    CASE WHEN given."isUnchanged" THEN url.seller ELSE given.seller END AS seller,
    coalesce(given.image, url.image_url) AS image_url,
    CASE WHEN given."isUnchanged" THEN coalesce(given.etag, url.etag) ELSE given.etag END AS etag,
    CASE WHEN given."isUnchanged" THEN coalesce(given."lastModified", url.last_modified)
      ELSE given."lastModified" END AS last_modified,
    CASE WHEN given.outcome = 'OK' THEN 0 ELSE url.failures + 1 END AS failures,
    CASE WHEN given.outcome <> 'OK' THEN coalesce(url.failing_since, given."checkedAt") END AS failing_since,
    -- Each page has its place between two ticks, always the same.
    ((hashtextextended(url.id::text, 0) & 9223372036854775807) % $5::bigint) * interval '1 millisecond' AS place
  FROM given JOIN tracked_urls AS url ON url.id = given."urlId"
  WHERE url.last_checked_at IS NULL OR url.last_checked_at < given."checkedAt"
), judged AS MATERIALIZED (
  SELECT read.*,
    read.is_priced AND (
      read.before_at IS NULL
      OR (read.price, read.old_price, read.currency, read.availability) IS DISTINCT FROM
        (read.before_price, read.before_old_price, read.before_currency, read.before_availability)
      OR last.at IS NULL OR (last.at AT TIME ZONE 'UTC')::date < (read.checked_at AT TIME ZONE 'UTC')::date
    ) AS is_point,
    CASE WHEN read.failing_since IS NULL THEN false
      ELSE read.checked_at - read.failing_since >=
        CASE read.outcome WHEN 'GONE' THEN $7::bigint ELSE $8::bigint END * interval '1 millisecond'
    END AS is_given_up,
    -- A page that was looked at out of turn misses its turn only where that is near.
    CASE WHEN $3::timestamptz + read.place > $2::timestamptz + $6::bigint * interval '0.5 milliseconds'
      THEN $3::timestamptz ELSE $4::timestamptz END + read.place + CASE
      WHEN read.outcome = 'GONE'
        THEN least(power(2, least(read.failures, 10) - 1) * interval '1 day', interval '14 days')
      WHEN read.failures > 2 AND read.outcome <> 'OK'
        THEN least(power(2, least(read.failures, 20) - 3) * $6::bigint * interval '1 millisecond', interval '7 days')
      ELSE interval '0' END AS next_check_at
  FROM read
  LEFT JOIN LATERAL (
    SELECT observed_at AS at FROM price_points WHERE url_id = read.id ORDER BY observed_at DESC, id DESC LIMIT 1
  ) AS last ON true
), noted AS (
  UPDATE tracked_urls AS url
  SET last_checked_at = judged.checked_at, last_outcome = judged.outcome, last_error = judged.error,
    failures = judged.failures, failing_since = judged.failing_since,
    is_active = url.is_active AND NOT judged.is_given_up,
    next_check_at = CASE
      WHEN NOT url.is_active OR judged.is_given_up THEN NULL
      -- Asked for again while this look was on its way.
      WHEN url.requested_at IS NOT NULL THEN url.next_check_at
      ELSE judged.next_check_at END
  FROM judged WHERE url.id = judged.id AND NOT judged.is_priced
), priced AS (
  UPDATE tracked_urls AS url
  SET last_checked_at = judged.checked_at, last_outcome = judged.outcome, last_error = NULL,
    failures = 0, failing_since = NULL, etag = judged.etag, last_modified = judged.last_modified,
    title = judged.title, price = judged.price, old_price = judged.old_price, currency = judged.currency,
    availability = judged.availability, seller = judged.seller, image_url = judged.image_url,
    priced_at = judged.checked_at,
    next_check_at = CASE
      WHEN NOT url.is_active THEN NULL
      WHEN url.requested_at IS NOT NULL THEN url.next_check_at
      ELSE judged.next_check_at END
  FROM judged WHERE url.id = judged.id AND judged.is_priced
), pointed AS (
  INSERT INTO price_points (url_id, product_id, price, old_price, currency, availability, observed_at)
  SELECT id, product_id, price, old_price, currency, availability, checked_at
  FROM judged WHERE is_point ORDER BY id
), measured AS (
  INSERT INTO url_checks
    (owner_id, store_id, url_id, checked_at, outcome, code, is_unchanged, bytes, waited_ms, fetched_ms, tries)
  SELECT owner_id, store_id, id, checked_at, outcome, code, is_unchanged, bytes, waited_ms, fetched_ms, tries
  FROM judged ORDER BY id
)
SELECT id AS "urlId", product_id AS "productId", owner_id AS "ownerId", store_id AS "storeId",
  checked_at AS "checkedAt", outcome, error, failures, is_priced AS "isPriced", is_point AS "isPoint",
  trim_scale(before_price)::text AS "beforePrice", before_currency AS "beforeCurrency",
  before_availability AS "beforeAvailability", before_at AS "beforeAt",
  trim_scale(price)::text AS price, currency, availability
FROM judged ORDER BY id`;
