import type { EntityManager } from 'typeorm';
import type { PriceAlertKindName } from './price-alert.entity.ts';
import type { PriceChange } from './price-change.ts';

/** An alert that was raised, with the names that it is told by. */
export interface RaisedAlert {
  readonly ownerId: string;
  readonly productId: string;
  readonly productName: string;
  readonly urlId: string;
  readonly url: string;
  readonly storeName: string;
  readonly alertId: string;
  readonly kind: PriceAlertKindName;
  readonly price: string;
  readonly currency: string;
  readonly previousPrice: string | null;
  readonly referencePrice: string | null;
  readonly days: number | null;
}

const rowOf = ({ urlId, before, after }: PriceChange) => ({
  urlId,
  price: after.price,
  currency: after.currency,
  availability: after.availability,
  at: after.at,
  wasPrice: before?.price ?? null,
  wasCurrency: before?.currency ?? null,
  wasAvailability: before?.availability ?? null,
});

/** A page that does not say sells what it shows. */
const buyable = (availability: string): string => `coalesce(${availability}, 'IN_STOCK') IN ('IN_STOCK', 'PRE_ORDER')`;

/** Rules that look at what was read, beside how things stood when they last looked. */
const seen = `
  SELECT alert.id AS alert_id, alert.owner_id, alert.kind, alert.percent, alert.days,
    alert.snoozed_from, alert.snoozed_until, url.id AS url_id, url.product_id,
    alert.kind = 'LOWEST_IN_DAYS' AND alert.scope = 'ANY_URL' AS is_of_all_urls,
    alert.kind IN ('BELOW_TARGET', 'BACK_IN_STOCK') OR (alert.kind = 'DROP_PERCENT' AND alert.days IS NOT NULL) AS lasts,
    given.price, given.currency, given.availability, given.at, ${buyable('given.availability')} AS is_buyable,
    coalesce(alert.target_price, product.target_price) AS target,
    coalesce(alert.target_currency, product.target_currency) AS target_currency,
    CASE WHEN state.alert_id IS NOT NULL THEN state.price
      WHEN ${buyable('given."wasAvailability"')} THEN given."wasPrice" END AS seen_price,
    CASE WHEN state.alert_id IS NOT NULL THEN state.currency
      WHEN ${buyable('given."wasAvailability"')} THEN given."wasCurrency" END AS seen_currency,
    -- What was in stock, or never seen, does not come back.
    coalesce(state.is_met,
      alert.kind = 'BACK_IN_STOCK' AND coalesce(given."wasAvailability", 'IN_STOCK') = 'IN_STOCK') AS was_met,
    state.is_met AS stored_met, state.price AS stored_price, state.currency AS stored_currency
  FROM given
  JOIN tracked_urls AS url ON url.id = given."urlId"
  JOIN tracked_products AS product ON product.id = url.product_id
  JOIN price_alerts AS alert ON alert.product_id = url.product_id
  LEFT JOIN price_alert_states AS state ON state.alert_id = alert.id AND state.url_id = url.id
  WHERE alert.is_enabled AND (alert.snoozed_until IS NULL OR alert.snoozed_until <= given.at)
    AND (alert.scope = 'ANY_URL' OR url.is_primary)`;

/**
 * Most pages ask what they asked before. Where a condition did not hold, no price that is not lower brings it about, so that
 * years of prices need not be looked through.
 */
const isWindowOfUse = `seen.days IS NOT NULL AND seen.is_buyable AND (seen.stored_met IS NULL OR seen.was_met
      OR seen.seen_price IS NULL OR seen.seen_currency <> seen.currency OR seen.price < seen.seen_price)`;

/** What was asked in the window of a rule, and what held when it began; of those for which it is of use. */
const known = `
  SELECT seen.*, past.highest, past.lowest, past.lowest_heard
  FROM seen CROSS JOIN LATERAL (
    SELECT max(price) AS highest, min(price) AS lowest,
      min(price) FILTER (WHERE seen.snoozed_until IS NULL
        OR observed_at < seen.snoozed_from OR observed_at >= seen.snoozed_until) AS lowest_heard
    FROM (
      SELECT price, availability, observed_at FROM price_points
      WHERE product_id = seen.product_id AND currency = seen.currency AND (seen.is_of_all_urls OR url_id = seen.url_id)
        AND observed_at >= seen.at - make_interval(days => seen.days) AND observed_at < seen.at
      UNION ALL
      (SELECT price, availability, observed_at FROM price_points
       WHERE url_id = seen.url_id AND currency = seen.currency
         AND observed_at < seen.at - make_interval(days => seen.days)
       ORDER BY observed_at DESC, id DESC LIMIT 1)
    ) AS point
    WHERE ${isWindowOfUse} AND ${buyable('availability')}
  ) AS past`;

/** Whether the condition of each holds; null where that cannot be said, as of another currency. */
const judged = `
  SELECT known.*, CASE kind
    WHEN 'BACK_IN_STOCK' THEN availability = 'IN_STOCK'
    WHEN 'BELOW_TARGET' THEN
      CASE WHEN NOT is_buyable THEN false WHEN target_currency = currency THEN price <= target END
    WHEN 'DROP_PERCENT' THEN
      CASE WHEN NOT is_buyable THEN false
        WHEN days IS NOT NULL THEN price <= highest * (1 - percent / 100)
        WHEN seen_currency = currency THEN price <= seen_price * (1 - percent / 100) AND price < seen_price END
    WHEN 'LOWEST_IN_DAYS' THEN is_buyable AND price <= lowest AND price < coalesce(lowest_heard, seen_price)
      AND (seen_currency IS DISTINCT FROM currency OR price < seen_price)
    WHEN 'ANY_CHANGE' THEN is_buyable AND seen_currency = currency AND price <> seen_price
  END AS holds FROM known`;

const decided = `
  SELECT judged.*, coalesce(holds, false) AND NOT (lasts AND was_met) AS is_raised,
    lasts AND coalesce(holds, was_met) AS is_met,
    CASE WHEN is_buyable THEN price ELSE seen_price END AS last_price,
    CASE WHEN is_buyable THEN currency ELSE seen_currency END AS last_currency
  FROM judged`;

/** Alert rules against what was read: every decision is made here, in one statement a batch. */
export class PriceWatchRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Raises what there is to be raised, and remembers how things stand. Rules that are deleted meanwhile are left out. */
  raise(changes: readonly PriceChange[]): Promise<RaisedAlert[]> {
    return this.#manager.query(
      `WITH given AS (
         SELECT DISTINCT ON ("urlId") * FROM jsonb_to_recordset($1::jsonb) AS given ("urlId" uuid, price numeric(18, 4),
           currency text, availability text, at timestamptz(3), "wasPrice" numeric(18, 4), "wasCurrency" text,
           "wasAvailability" text)
         ORDER BY "urlId", at DESC
       ), seen AS (${seen}), known AS (${known}), judged AS (${judged}), decided AS (${decided}),
       changed AS (
         SELECT decided.* FROM decided JOIN price_alerts AS rule ON rule.id = decided.alert_id
         WHERE is_raised OR (is_met, last_price, last_currency)
           IS DISTINCT FROM (stored_met, stored_price, stored_currency)
         FOR KEY SHARE OF rule
       ), saved AS (
         INSERT INTO price_alert_states (alert_id, url_id, is_met, price, currency)
         SELECT alert_id, url_id, is_met, last_price, last_currency FROM changed
         ON CONFLICT (alert_id, url_id) DO UPDATE
           SET is_met = excluded.is_met, price = excluded.price, currency = excluded.currency
       ), raised AS (
         INSERT INTO raised_price_alerts
           (alert_id, owner_id, product_id, url_id, kind, price, currency, previous_price, reference_price, days, raised_at)
         SELECT alert_id, owner_id, product_id, url_id, kind, price, currency,
           CASE WHEN seen_currency = currency THEN seen_price END,
           CASE WHEN kind = 'BELOW_TARGET' THEN target WHEN kind = 'LOWEST_IN_DAYS' THEN CASE WHEN price < lowest THEN lowest ELSE coalesce(lowest_heard, seen_price) END
             WHEN kind = 'DROP_PERCENT' THEN coalesce(highest, seen_price) END,
           days, at
         FROM changed WHERE is_raised
         RETURNING *
       )
       SELECT raised.owner_id AS "ownerId", raised.product_id AS "productId", product.name AS "productName",
         url.id AS "urlId", url.url, store.name AS "storeName", raised.alert_id AS "alertId", raised.kind, raised.price,
         raised.currency, raised.previous_price AS "previousPrice", raised.reference_price AS "referencePrice", raised.days
       FROM raised
       JOIN tracked_urls AS url ON url.id = raised.url_id
       JOIN tracked_products AS product ON product.id = raised.product_id
       JOIN stores AS store ON store.id = url.store_id
       ORDER BY raised.product_id, raised.currency, raised.price, NOT url.is_primary, url.id, raised.id`,
      [JSON.stringify(changes.map(rowOf))],
    );
  }
}
