import { asOfSql } from './as-of.sql.ts';

/**
 * Applies one batch of quantities: judges each row against what is stored and what was seen, writes what changed and its
 * ledger, and notes what the batch mentioned. The warehouses are locked by the caller.
 *
 * $1 to $5 rows, $6 observed at, $7 source, $8 run, $9 actor, $10 rows confirmed before this are confirmed anew (null:
 * none), $11 observations before this are forgotten. Rows come as arrays, whose length the planner sees: with a guess it
 * has no join but nested loops for the observations. Rows are found again by their place (ctid): the locked warehouse
 * keeps all other writers from them.
 *
 * A row counts as known at the newest of: its own time, a snapshot of its source, and any observation that mentions it,
 * since rows that did not change were not written. Observations are searched only from the batch's own time on, of which
 * there are none in a feed that runs forward; those of the very same time only if a quantity would rise by this batch,
 * for then the smaller one stands.
 *
 * Each row also says whether the batch may bear on goods that were handed over, so that nobody looks when it does not.
 */
export const applyStocksSql = `
WITH given AS MATERIALIZED (
  SELECT r.index, coalesce(former.sku, known.sku, r.sku) AS sku, r.warehouse_id, r.quantity,
    r.parked AND former.sku IS NULL AND known.sku IS NULL AS parked
  FROM unnest($1::int[], $2::text[], $3::bigint[], $4::numeric[], $5::boolean[])
    AS r(index, sku, warehouse_id, quantity, parked)
  LEFT JOIN stock_keys AS former ON former.key = r.sku AND former.is_former
  -- What the catalogue knew under this very key stays there; the rest may have appeared meanwhile.
  LEFT JOIN stock_keys AS known ON known.key = CASE WHEN r.parked THEN r.sku END
), compared AS MATERIALIZED (
  SELECT given.index, given.sku, given.warehouse_id, given.quantity, stock.ctid AS place,
    stock.quantity AS stored, stock.parked AS stored_parked,
    -- Two keys of one batch may belong to one good: the smaller quantity stands, and both say whether it is known.
    row_number() OVER good > 1 AS repeated,
    bool_and(given.parked) OVER (PARTITION BY given.sku, given.warehouse_id) AND coalesce(stock.parked, true) AS parked,
    CASE WHEN stock.ctid IS NOT NULL THEN ${asOfSql('stock', 'warehouse')}
      WHEN warehouse.complete_source = $7 THEN warehouse.complete_as_of END AS as_of
  FROM given
  JOIN warehouses AS warehouse ON warehouse.id = given.warehouse_id
  LEFT JOIN warehouse_stocks AS stock
    ON stock.product_sku = given.sku AND stock.warehouse_id = given.warehouse_id
  WINDOW good AS (PARTITION BY given.sku, given.warehouse_id ORDER BY given.quantity, given.index)
), mention AS MATERIALIZED (
  -- By itself: joined with the rows at once, each of them would search each observation.
  SELECT observation.warehouse_id, observation.observed_at, any_mention.sku
  FROM sync_observations AS observation
  CROSS JOIN LATERAL unnest(observation.skus) AS any_mention(sku)
  WHERE observation.warehouse_id IN (SELECT warehouse_id FROM compared)
    AND observation.observed_at >= $6::timestamptz
    AND (observation.observed_at > $6::timestamptz
      OR (SELECT bool_or(quantity > stored AND as_of < $6::timestamptz) FROM compared))
    -- IS TRUE makes a hash lookup of this, whatever the planner thinks of the sizes.
    AND (any_mention.sku IN (SELECT compared.sku FROM compared)) IS TRUE
), mentioned AS MATERIALIZED (
  SELECT compared.index, max(mention.observed_at) AS at
  FROM mention
  JOIN compared ON compared.sku = mention.sku AND compared.warehouse_id = mention.warehouse_id
  GROUP BY compared.index
), judged AS MATERIALIZED (
  SELECT compared.*,
    CASE
      WHEN repeated OR greatest(as_of, mentioned.at) > $6::timestamptz THEN 'STALE'
      WHEN place IS NULL THEN CASE WHEN parked THEN 'PARKED' ELSE 'CREATED' END
      WHEN quantity = stored THEN 'UNCHANGED'
      WHEN quantity > stored AND greatest(as_of, mentioned.at) = $6::timestamptz THEN 'STALE'
      WHEN parked THEN 'PARKED'
      ELSE 'UPDATED'
    END AS outcome
  FROM compared LEFT JOIN mentioned ON mentioned.index = compared.index
), inserted AS (
  INSERT INTO warehouse_stocks (warehouse_id, product_sku, quantity, synced_at, observed_at, source, run_id, parked)
  SELECT warehouse_id, sku, quantity, $6, $6, $7::text, $8::uuid, parked
  FROM judged WHERE place IS NULL AND outcome IN ('CREATED', 'PARKED')
  ORDER BY sku
), changed AS (
  UPDATE warehouse_stocks AS stock
  SET quantity = judged.quantity, parked = judged.parked, synced_at = $6, observed_at = $6, source = $7, run_id = $8,
    updated_at = now()
  FROM judged
  WHERE stock.ctid = judged.place AND judged.outcome IN ('UPDATED', 'PARKED')
), confirmed AS (
  UPDATE warehouse_stocks AS stock
  SET parked = judged.parked, updated_at = now(),
    synced_at = CASE WHEN judged.outcome = 'UNCHANGED' THEN greatest(stock.synced_at, $6) ELSE stock.synced_at END
  FROM judged
  WHERE stock.ctid = judged.place AND NOT judged.repeated AND judged.outcome IN ('UNCHANGED', 'STALE')
    AND (judged.parked <> judged.stored_parked OR judged.outcome = 'UNCHANGED' AND judged.as_of < $10::timestamptz)
), entered AS (
  INSERT INTO stock_ledger
    (product_sku, warehouse_id, from_quantity, to_quantity, reason, source, run_id, actor, observed_at)
  SELECT sku, warehouse_id, stored, quantity, 'SYNC', $7, $8, $9::text, $6
  FROM judged WHERE outcome IN ('CREATED', 'UPDATED', 'PARKED')
), observed AS (
  INSERT INTO sync_observations (warehouse_id, source, run_id, observed_at, skus)
  SELECT warehouse_id, $7, $8, $6, array_agg(sku ORDER BY sku) FROM compared GROUP BY warehouse_id
), forgotten AS (
  DELETE FROM sync_observations
  WHERE warehouse_id IN (SELECT warehouse_id FROM compared) AND observed_at < $11::timestamptz
)
SELECT index, sku, outcome,
  EXISTS (SELECT FROM reservation_lines WHERE held > 0 AND handed_over_at IS NOT NULL)
    OR EXISTS (SELECT FROM reservation_lines WHERE handed_over_at >= $6) AS "bearsOnHandovers"
FROM judged ORDER BY index`;
