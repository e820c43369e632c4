import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Brings lines to what of them is to be held, keeps the totals and the ledger in step, and answers the SKUs of which more
 * or less is held than before. */
const hold = `
  CREATE FUNCTION hold_lines(ids bigint[], amounts numeric[], reasons text[], by_actor text, at timestamptz)
  RETURNS SETOF text LANGUAGE plpgsql VOLATILE SET enable_nestloop = on
  AS $$
  BEGIN
    PERFORM lock_reserved(ARRAY(SELECT product_sku FROM reservation_lines WHERE id = ANY(ids)));
    RETURN QUERY
    WITH change AS MATERIALIZED (
      SELECT line.id, line.order_key, line.product_sku, given.amount, given.reason, given.amount - line.held AS difference,
        total.quantity + sum(given.amount - line.held) OVER (PARTITION BY line.product_sku ORDER BY line.id) AS reserved
      FROM unnest(ids, amounts, reasons) AS given(id, amount, reason)
      JOIN reservation_lines AS line ON line.id = given.id
      JOIN stock_reserved AS total ON total.product_sku = line.product_sku
    ), held AS (
      UPDATE reservation_lines AS line SET held = change.amount
      FROM change WHERE line.id = change.id AND change.difference <> 0
    ), entered AS (
      INSERT INTO stock_ledger (product_sku, from_quantity, to_quantity, order_key, from_reserved, to_reserved,
        reason, source, run_id, actor, observed_at)
      SELECT product_sku, on_hand, on_hand, order_key, reserved - difference, reserved,
        reason, 'reservations', command.id, by_actor, at
      FROM change
      CROSS JOIN LATERAL stock_on_hand(product_sku) AS on_hand
      CROSS JOIN (SELECT gen_random_uuid() AS id OFFSET 0) AS command
      ORDER BY change.id
    )
    UPDATE stock_reserved AS total
    -- What left the shop after all was granted by nobody, and is gone all the same.
    SET quantity = total.quantity + good.difference, granted = greatest(total.granted, total.quantity + good.difference)
    FROM (SELECT product_sku, sum(difference) AS difference FROM change GROUP BY product_sku) AS good
    WHERE total.product_sku = good.product_sku AND good.difference <> 0
    RETURNING total.product_sku;
  END $$;
`;

/** Ends reservations of which nothing was handed over. Those that ended before are left as they are. */
const end = `
  CREATE FUNCTION end_reservations(keys text[], ending text, by_actor text, at timestamptz)
  RETURNS SETOF text LANGUAGE plpgsql VOLATILE
  AS $$
  DECLARE
    ended text[];
    ids bigint[];
  BEGIN
    WITH changed AS (
      UPDATE reservations SET status = ending, updated_at = now()
      WHERE order_key = ANY(keys) AND status = 'RESERVED' RETURNING order_key
    ) SELECT array_agg(order_key) INTO ended FROM changed;
    ids := ARRAY(SELECT id FROM reservation_lines WHERE order_key = ANY(ended));
    RETURN QUERY SELECT hold_lines(ids, array_fill(0::numeric, ARRAY[cardinality(ids)]),
      array_fill(ending, ARRAY[cardinality(ids)]), by_actor, at);
  END $$;
`;

/**
 * A line that was handed over is settled once its good was counted after that, and everywhere where there is some of it.
 * What is asked is the state of now, not its history: so any order of the same counts and handovers ends alike, and a
 * late count that finds the good in one more warehouse makes the line wait for that one.
 */
const settle = `
  CREATE FUNCTION recount_lines(ids bigint[]) RETURNS void LANGUAGE sql VOLATILE SET enable_nestloop = on
  AS $$
    UPDATE reservation_lines AS line
    SET counted_in = ARRAY(
      SELECT warehouse.id FROM warehouses AS warehouse
      WHERE EXISTS (
          SELECT FROM warehouse_stocks AS stock
          WHERE stock.product_sku = line.product_sku AND stock.warehouse_id = warehouse.id
            AND stock_as_of(stock.source, stock.synced_at, warehouse.complete_source, warehouse.complete_as_of)
              > line.handed_over_at)
        OR EXISTS (
          SELECT FROM sync_observations AS observation
          WHERE observation.warehouse_id = warehouse.id AND observation.observed_at > line.handed_over_at
            AND observation.skus && (
              SELECT array_agg(key) FROM (
                SELECT line.product_sku AS key
                UNION ALL
                SELECT known.key FROM stock_keys AS known WHERE known.sku = line.product_sku
              ) AS name))
      ORDER BY warehouse.id)
    WHERE line.id = ANY(ids)
  $$;

  CREATE FUNCTION settle_lines(ids bigint[], by_actor text, at timestamptz)
  RETURNS SETOF text LANGUAGE plpgsql VOLATILE SET enable_nestloop = on
  AS $$
  DECLARE
    changed bigint[];
    amounts numeric[];
    reasons text[];
  BEGIN
    PERFORM lock_reserved(ARRAY(SELECT product_sku FROM reservation_lines WHERE id = ANY(ids)));
    SELECT array_agg(judged.id), array_agg(judged.amount),
      array_agg(CASE WHEN judged.amount = 0 THEN 'SETTLED' ELSE 'HANDED_OVER' END)
    INTO changed, amounts, reasons
    FROM (
      SELECT line.id, line.held,
        CASE WHEN line.counted_in <> '{}' AND NOT EXISTS (
          SELECT FROM warehouse_stocks AS stock
          WHERE stock.product_sku = line.product_sku AND stock.quantity <> 0
            AND stock.warehouse_id <> ALL(line.counted_in)
        ) THEN 0 ELSE line.handed_over END AS amount
      FROM reservation_lines AS line
      WHERE line.id = ANY(ids) AND line.handed_over_at IS NOT NULL
    ) AS judged
    WHERE judged.amount <> judged.held;
    IF changed IS NOT NULL THEN RETURN QUERY SELECT hold_lines(changed, amounts, reasons, by_actor, at); END IF;
    UPDATE reservations AS reservation SET status = state.status, updated_at = now()
    FROM (
      SELECT order_key, CASE WHEN max(held) > 0 THEN 'HANDED_OVER' ELSE 'SETTLED' END AS status
      FROM reservation_lines
      WHERE order_key IN (SELECT order_key FROM reservation_lines WHERE id = ANY(ids))
      GROUP BY order_key
    ) AS state
    WHERE reservation.order_key = state.order_key AND reservation.handed_over_at IS NOT NULL
      AND reservation.status <> state.status;
  END $$;
`;

/** The caller keeps all warehouses from being counted meanwhile: a count under way is seen here, or sees the lines. */
const handOver = `
  CREATE FUNCTION hand_over_reservation(
    key text, handed_over timestamptz, ids bigint[], amounts numeric[], by_actor text
  )
  RETURNS SETOF text LANGUAGE plpgsql VOLATILE
  AS $$
  BEGIN
    UPDATE reservations SET status = 'HANDED_OVER', handed_over_at = handed_over, updated_at = now()
    WHERE order_key = key AND status IN ('RESERVED', 'EXPIRED');
    IF NOT FOUND THEN RETURN; END IF;
    RETURN QUERY SELECT hold_lines(
      ids, amounts,
      ARRAY(SELECT CASE WHEN amount = 0 THEN 'RELEASED' ELSE 'HANDED_OVER' END
        FROM unnest(amounts) WITH ORDINALITY AS given(amount, place) ORDER BY place),
      by_actor, handed_over);
    UPDATE reservation_lines AS line SET handed_over_at = hand_over_reservation.handed_over, handed_over = given.amount
    FROM unnest(ids, amounts) AS given(id, amount) WHERE line.id = given.id;
    PERFORM recount_lines(ids);
    RETURN QUERY SELECT settle_lines(ids, by_actor, handed_over);
  END $$;
`;

/** What a count means for the lines that were handed over, whether it comes in time or late. */
const count = `
  CREATE FUNCTION settle_counted(counted_skus text[], counted_warehouses bigint[], at timestamptz, by_actor text)
  RETURNS SETOF text LANGUAGE plpgsql VOLATILE SET enable_nestloop = on
  AS $$
  DECLARE
    ids bigint[];
  BEGIN
    ids := ARRAY(
      SELECT id FROM reservation_lines
      WHERE product_sku = ANY(counted_skus) AND held > 0 AND handed_over_at IS NOT NULL
      UNION
      SELECT id FROM reservation_lines WHERE product_sku = ANY(counted_skus) AND handed_over_at >= at);
    IF cardinality(ids) = 0 THEN RETURN; END IF;
    PERFORM lock_reserved(ARRAY(SELECT product_sku FROM reservation_lines WHERE id = ANY(ids)));
    UPDATE reservation_lines AS line
    SET counted_in = ARRAY(SELECT DISTINCT place FROM unnest(line.counted_in || counted.warehouses) AS place ORDER BY place)
    FROM (
      SELECT sku, array_agg(DISTINCT warehouse) AS warehouses
      FROM unnest(counted_skus, counted_warehouses) AS row(sku, warehouse) GROUP BY sku
    ) AS counted
    WHERE line.id = ANY(ids) AND line.product_sku = counted.sku AND line.handed_over_at < at
      AND NOT counted.warehouses <@ line.counted_in;
    -- What was settled was not kept up since.
    PERFORM recount_lines(ARRAY(SELECT id FROM reservation_lines WHERE id = ANY(ids) AND held = 0));
    RETURN QUERY SELECT settle_lines(ids, by_actor, at);
  END $$;

  CREATE FUNCTION settle_snapshot(warehouse_ids bigint[], at timestamptz, by_actor text)
  RETURNS SETOF text LANGUAGE plpgsql VOLATILE SET enable_nestloop = on
  AS $$
  DECLARE
    ids bigint[];
  BEGIN
    ids := ARRAY(
      SELECT line.id FROM reservation_lines AS line
      WHERE line.held > 0 AND line.handed_over_at IS NOT NULL AND EXISTS (
        SELECT FROM warehouse_stocks AS stock
        WHERE stock.product_sku = line.product_sku AND stock.warehouse_id = ANY(warehouse_ids)));
    IF cardinality(ids) = 0 THEN RETURN; END IF;
    PERFORM recount_lines(ids);
    RETURN QUERY SELECT settle_lines(ids, by_actor, at);
  END $$;
`;

export class ReservationSettlement1763683300005 implements MigrationInterface {
  name = 'ReservationSettlement1763683300005';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [hold, end, settle, handOver, count]) await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
