import { asOfSql } from './as-of.sql.ts';

/**
 * Before either statement: they join everything with everything, and CTEs that unnest arrays have no statistics. A
 * nested loop chosen for a handful of rows would take hours over a million.
 */
export const planForMillionsSql = `SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)`;

/**
 * What a snapshot run did not mention. $1 run, $2 source, $3 observed at, $4 SKUs and barcodes that the run named in rows
 * which could not be read.
 * Stock that was seen later than the snapshot is not its business; a good that changed its key since counts as mentioned.
 */
const missingSql = `
WITH run AS MATERIALIZED (
  SELECT DISTINCT warehouse_id FROM sync_observations WHERE run_id = $1
), seen AS MATERIALIZED (
  SELECT observation.warehouse_id, unnest(observation.skus) AS sku
  FROM sync_observations AS observation
  WHERE observation.run_id = $1
    OR observation.observed_at > $3::timestamptz AND observation.warehouse_id IN (SELECT warehouse_id FROM run)
  UNION ALL
  SELECT run.warehouse_id, kept.sku FROM run CROSS JOIN unnest($4::text[]) AS kept(sku)
), held AS MATERIALIZED (
  SELECT stock.id, stock.warehouse_id, stock.product_sku, stock.quantity,
    ${asOfSql('stock', 'warehouse')} <= $3::timestamptz AS is_older
  FROM warehouse_stocks AS stock
  JOIN warehouses AS warehouse ON warehouse.id = stock.warehouse_id
  WHERE stock.warehouse_id IN (SELECT warehouse_id FROM run) AND stock.source = $2::text AND stock.quantity <> 0
), unseen AS MATERIALIZED (
  SELECT * FROM held
  WHERE is_older AND NOT EXISTS (
    SELECT FROM seen WHERE seen.sku = held.product_sku AND seen.warehouse_id = held.warehouse_id)
), renamed AS MATERIALIZED (
  SELECT unseen.id
  FROM unseen
  JOIN stock_keys AS known ON known.sku = unseen.product_sku AND known.key <> known.sku
  JOIN seen ON seen.sku = known.key AND seen.warehouse_id = unseen.warehouse_id
), missing AS MATERIALIZED (
  SELECT * FROM unseen WHERE NOT EXISTS (SELECT FROM renamed WHERE renamed.id = unseen.id)
)`;

const totals = `(SELECT count(*)::int FROM held) AS total, (SELECT count(*)::int FROM missing) AS missing`;

/** The warehouses that a run mentions. $1 run. */
export const runWarehousesSql = 'SELECT DISTINCT warehouse_id AS id FROM sync_observations WHERE run_id = $1';

/** Counts what the snapshot would set to zero, and writes nothing. */
export const countMissingSql = `${missingSql} SELECT ${totals}, 0 AS zeroed`;

/** Sets what is missing to zero, and lets the snapshot vouch for its warehouses. $5 actor. */
export const zeroMissingSql = `${missingSql}, zeroed AS (
  UPDATE warehouse_stocks AS stock
  SET quantity = 0, synced_at = $3, observed_at = $3, run_id = $1, updated_at = now()
  FROM missing WHERE stock.id = missing.id
), entered AS (
  INSERT INTO stock_ledger
    (product_sku, warehouse_id, from_quantity, to_quantity, reason, source, run_id, actor, observed_at)
  SELECT product_sku, warehouse_id, quantity, 0, 'SNAPSHOT', $2, $1, $5::text, $3 FROM missing ORDER BY product_sku
), vouched AS (
  UPDATE warehouses SET complete_as_of = $3, complete_source = $2
  WHERE id IN (SELECT warehouse_id FROM run) AND (complete_as_of IS NULL OR complete_as_of <= $3::timestamptz)
)
SELECT ${totals}, (SELECT count(*)::int FROM missing) AS zeroed,
  ARRAY(SELECT DISTINCT product_sku FROM missing) AS "zeroedSkus"`;
