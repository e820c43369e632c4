import { asOfSql } from './as-of.sql.ts';

/** Goods come as arrays: reading a thousand of them from JSON takes longer than what is done with them. */
const goodsSql = 'SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS g(sku, barcode, former_sku)';

/**
 * Notes under which keys the stock of new goods may come, so that a batch that was on its way meanwhile finds them.
 * A good's own SKU goes before another's barcode; a SKU that was replaced goes before both. $1 to $3 goods.
 */
export const noteKeysSql = `
WITH good AS MATERIALIZED (${goodsSql})
INSERT INTO stock_keys (key, sku, is_former)
SELECT DISTINCT ON (key) key, sku, rank = 1
FROM (
  SELECT former_sku AS key, sku, 1 AS rank FROM good WHERE former_sku <> sku
  UNION ALL
  SELECT sku, sku, 2 FROM good
  UNION ALL
  SELECT barcode, sku, 3 FROM good
  WHERE barcode IS NOT NULL AND NOT EXISTS (SELECT FROM stock_keys WHERE stock_keys.key = barcode)
) AS named
ORDER BY key, rank, sku
ON CONFLICT (key) DO UPDATE SET sku = excluded.sku, is_former = excluded.is_former
WHERE (stock_keys.sku, stock_keys.is_former) <> (excluded.sku, excluded.is_former)`;

/**
 * Brings stock that lies under a barcode or a former SKU to the good it belongs to. Where both have stock in one
 * warehouse, the one known later stands, at equal times the smaller. $1 to $3 goods, $4 source, $5 run,
 * $6 actor, $7 observed at.
 */
export const moveStocksSql = `
WITH good AS MATERIALIZED (${goodsSql}), taken AS MATERIALIZED (
  SELECT stock.*, known.sku AS new_sku
  FROM good
  JOIN stock_keys AS known ON known.key IN (good.barcode, good.former_sku) AND known.sku = good.sku
  JOIN warehouse_stocks AS stock ON stock.product_sku = known.key AND (stock.parked OR known.is_former)
  WHERE known.key <> known.sku
), candidate AS MATERIALIZED (
  SELECT stock.*, ${asOfSql('stock', 'warehouse')} AS as_of
  FROM (
    SELECT * FROM taken
    UNION ALL
    SELECT stock.*, stock.product_sku AS new_sku
    FROM warehouse_stocks AS stock
    WHERE (stock.product_sku, stock.warehouse_id) IN (SELECT new_sku, warehouse_id FROM taken)
  ) AS stock
  JOIN warehouses AS warehouse ON warehouse.id = stock.warehouse_id
), mentioned AS MATERIALIZED (
  SELECT candidate.id, max(observation.observed_at) AS at
  FROM sync_observations AS observation
  CROSS JOIN LATERAL (
    SELECT sku FROM unnest(observation.skus) AS any_mention(sku)
    -- IS TRUE makes a hash lookup of this, whatever the planner thinks of the sizes.
    WHERE (sku IN (SELECT product_sku FROM candidate)) IS TRUE
  ) AS mention
  JOIN candidate ON candidate.product_sku = mention.sku AND candidate.warehouse_id = observation.warehouse_id
  WHERE observation.warehouse_id IN (SELECT warehouse_id FROM candidate)
    AND observation.observed_at > (SELECT min(as_of) FROM candidate)
  GROUP BY candidate.id
), winner AS MATERIALIZED (
  SELECT DISTINCT ON (new_sku, warehouse_id) candidate.*, greatest(as_of, mentioned.at) AS known_at
  FROM candidate LEFT JOIN mentioned ON mentioned.id = candidate.id
  ORDER BY new_sku, warehouse_id, greatest(as_of, mentioned.at) DESC, quantity
), removed AS (
  DELETE FROM warehouse_stocks WHERE id IN (SELECT id FROM taken)
), placed AS (
  INSERT INTO warehouse_stocks AS stock
    (product_sku, warehouse_id, quantity, synced_at, observed_at, source, run_id, parked)
  SELECT new_sku, warehouse_id, quantity, known_at, observed_at, source, run_id, false
  FROM winner WHERE product_sku <> new_sku
  ORDER BY new_sku
  ON CONFLICT (product_sku, warehouse_id) DO UPDATE
  SET quantity = excluded.quantity, synced_at = excluded.synced_at, observed_at = excluded.observed_at,
    source = excluded.source, run_id = excluded.run_id, parked = false, updated_at = now()
)
INSERT INTO stock_ledger
  (product_sku, warehouse_id, from_quantity, to_quantity, reason, source, run_id, actor, observed_at)
SELECT product_sku, warehouse_id, quantity, 0, 'MOVED', $4::text, $5::uuid, $6::text, $7::timestamptz FROM taken
UNION ALL
SELECT winner.new_sku, winner.warehouse_id, before.quantity, winner.quantity, 'MOVED', $4, $5, $6, $7
FROM winner
LEFT JOIN candidate AS before
  ON before.product_sku = winner.new_sku AND before.warehouse_id = winner.warehouse_id
WHERE winner.product_sku <> winner.new_sku AND winner.quantity IS DISTINCT FROM before.quantity
RETURNING product_sku AS sku`;

/** Stock of goods that the catalogue knows now is parked no longer. $1 SKUs; answers which of them had any. */
export const unparkSql = `
WITH unparked AS (
  UPDATE warehouse_stocks AS stock SET parked = false, updated_at = now()
  FROM unnest($1::text[]) AS good(sku)
  WHERE stock.product_sku = good.sku AND stock.parked
  RETURNING stock.product_sku AS sku
)
SELECT sku FROM unparked`;
