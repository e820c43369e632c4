import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
  CREATE TABLE reservations (
    order_key text PRIMARY KEY,
    status text NOT NULL CHECK (status IN ('RESERVED', 'RELEASED', 'EXPIRED', 'HANDED_OVER', 'SETTLED')),
    -- What was asked for, so that the same command is known again.
    fingerprint text NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    handed_over_at timestamptz(3),
    actor text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CHECK ((handed_over_at IS NOT NULL) = (status IN ('HANDED_OVER', 'SETTLED')))
  );
  CREATE INDEX reservations_expiring ON reservations (expires_at) WHERE status = 'RESERVED';

  CREATE TABLE reservation_lines (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_key text NOT NULL REFERENCES reservations,
    number integer NOT NULL,
    -- As the order says it; product_sku is what the good is called now.
    asked_sku text NOT NULL,
    product_sku text NOT NULL,
    quantity numeric(14, 3) NOT NULL CHECK (quantity > 0),
    -- What was left for this buyer when the line was granted: a part of the first answer.
    available numeric(14, 3) NOT NULL,
    -- How much of it is subtracted from the stock now. The sum over a good's lines is its stock_reserved.quantity.
    held numeric(14, 3) NOT NULL CHECK (held >= 0),
    handed_over numeric(14, 3) CHECK (handed_over BETWEEN 0 AND quantity),
    handed_over_at timestamptz(3),
    -- The warehouses that counted the good after it was handed over; kept up while the line is held.
    counted_in bigint[] NOT NULL DEFAULT '{}',
    UNIQUE (order_key, number),
    CHECK ((handed_over IS NULL) = (handed_over_at IS NULL)),
    CHECK (held <= coalesce(handed_over, quantity))
  );
  CREATE INDEX reservation_lines_by_good ON reservation_lines (product_sku);
  CREATE INDEX reservation_lines_held ON reservation_lines (product_sku) INCLUDE (held) WHERE held > 0;
  -- Each batch of quantities asks whether it bears on any line at all: on one that waits for a count, or on one that was
  -- handed over later than the batch was counted.
  CREATE INDEX reservation_lines_awaiting ON reservation_lines (product_sku)
    WHERE held > 0 AND handed_over_at IS NOT NULL;
  CREATE INDEX reservation_lines_handed_over ON reservation_lines (handed_over_at) WHERE handed_over_at IS NOT NULL;
`;

/** Rows of before have no reason that is new, so that they need not be read. */
const ledger = `
  ALTER TABLE stock_ledger
    ALTER COLUMN warehouse_id DROP NOT NULL,
    ADD COLUMN order_key text,
    ADD COLUMN from_reserved numeric(14, 3),
    ADD COLUMN to_reserved numeric(14, 3),
    DROP CONSTRAINT stock_ledger_reason_check,
    ADD CONSTRAINT stock_ledger_reason_check CHECK (reason IN (
      'SYNC', 'SNAPSHOT', 'MOVED', 'RESERVED', 'RELEASED', 'EXPIRED', 'HANDED_OVER', 'SETTLED', 'REPAIRED')) NOT VALID,
    -- An entry is of one warehouse's quantity or of what is reserved in all of them.
    ADD CONSTRAINT stock_ledger_one_subject CHECK ((warehouse_id IS NULL) = (to_reserved IS NOT NULL)) NOT VALID;

  CREATE FUNCTION stock_on_hand(sku text) RETURNS numeric LANGUAGE sql STABLE
  RETURN (SELECT coalesce(sum(greatest(quantity, 0)), 0) FROM warehouse_stocks WHERE product_sku = sku);
`;

/**
 * Commands on one order wait for each other, and none is under way while a good takes another SKU. Taken before any lock
 * on rows but those of warehouses.
 */
const locks = `
  CREATE FUNCTION lock_names() RETURNS void LANGUAGE sql
  AS $$ SELECT pg_advisory_xact_lock_shared(hashtextextended('renamed goods', 0)) $$;

  CREATE FUNCTION lock_reservation(order_key text) RETURNS void LANGUAGE sql
  AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('reservation ' || order_key, 0));
    SELECT lock_names();
  $$;

  CREATE FUNCTION lock_reserved(skus text[]) RETURNS void LANGUAGE sql
  AS $$ SELECT FROM stock_reserved WHERE product_sku = ANY(skus) ORDER BY product_sku FOR UPDATE $$;
`;

/** The one place of this formula. */
const availability = `
  CREATE FUNCTION available_online(is_available boolean, quantity numeric, reserved numeric, buffer numeric)
  RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN is_available THEN greatest(0, coalesce(quantity, 0) - reserved - buffer) ELSE 0 END;

  CREATE TYPE judged_line AS (
    place bigint, product_sku text, quantity numeric, reserved numeric, available numeric, outcome text
  );

  CREATE FUNCTION judge_reservation(
    skus text[], quantities numeric[], on_sale boolean[], category_paths text[], usual_buffer numeric
  )
  RETURNS SETOF judged_line LANGUAGE sql STABLE
  AS $$
    SELECT place, sku, wanted, reserved, available,
      CASE WHEN is_available IS NULL THEN 'UNKNOWN_PRODUCT' WHEN NOT is_available THEN 'NOT_AVAILABLE'
        WHEN sum(wanted) OVER (PARTITION BY sku) > available THEN 'INSUFFICIENT' ELSE 'RESERVED' END
    FROM (
      SELECT fact.place, fact.sku, fact.is_available, quantities[fact.place] AS wanted, fact.reserved,
        -- No more than the columns hold.
        least(99999999999.999, available_online(fact.is_available, fact.quantity, fact.reserved,
          coalesce(fact.buffer_override, fact.global_buffer, usual_buffer))) AS available
      FROM stock_facts(skus, on_sale, category_paths, to_timestamp(0), 1) AS fact
    ) AS line
    ORDER BY place
  $$;
`;

/**
 * Reserves all lines of an order or none, and answers each. Judged twice: first without waiting for anybody, so that a
 * good that is sold out is refused at once; then, with the totals of its goods locked, as a new statement of a volatile
 * function, which sees what others were granted while this one waited.
 */
const reserve = `
  CREATE FUNCTION reserve_stock(
    key text, request text, asked text[], quantities numeric[], on_sale boolean[], category_paths text[],
    usual_buffer numeric, expires timestamptz, by_actor text
  )
  RETURNS TABLE (status text, replayed boolean, sku text, quantity numeric, outcome text, available numeric)
  LANGUAGE plpgsql VOLATILE
  AS $$
  #variable_conflict use_column
  DECLARE
    known reservations;
    skus text[];
    judged judged_line[];
    locked boolean := false;
  BEGIN
    PERFORM lock_reservation(key);
    SELECT * INTO known FROM reservations WHERE order_key = key;
    IF FOUND THEN
      RETURN QUERY
      SELECT CASE WHEN known.fingerprint = request THEN known.status ELSE 'OTHER_REQUEST' END, true,
        line.asked_sku, line.quantity, 'RESERVED', line.available
      FROM reservation_lines AS line WHERE line.order_key = key ORDER BY line.number;
      RETURN;
    END IF;
    skus := ARRAY(
      SELECT coalesce(former.sku, given.sku)
      FROM unnest(asked) WITH ORDINALITY AS given(sku, place)
      LEFT JOIN stock_keys AS former ON former.key = given.sku AND former.is_former
      ORDER BY given.place);
    LOOP
      judged := ARRAY(SELECT line FROM judge_reservation(skus, quantities, on_sale, category_paths, usual_buffer) AS line);
      EXIT WHEN locked OR EXISTS (SELECT FROM unnest(judged) AS line WHERE line.outcome <> 'RESERVED');
      INSERT INTO stock_reserved (product_sku) SELECT DISTINCT good FROM unnest(skus) AS good ORDER BY good
      ON CONFLICT DO NOTHING;
      PERFORM lock_reserved(skus);
      locked := true;
    END LOOP;
    IF EXISTS (SELECT FROM unnest(judged) AS line WHERE line.outcome <> 'RESERVED') THEN
      RETURN QUERY
      SELECT 'REFUSED', false, asked[line.place], line.quantity, line.outcome, line.available
      FROM unnest(judged) AS line ORDER BY line.place;
      RETURN;
    END IF;
    RETURN QUERY
    WITH granted AS (
      SELECT line.*, line.reserved + sum(line.quantity) OVER (PARTITION BY line.product_sku ORDER BY line.place) AS total
      FROM unnest(judged) AS line
    ), made AS (
      INSERT INTO reservations (order_key, status, fingerprint, expires_at, actor)
      VALUES (key, 'RESERVED', request, expires, by_actor)
    ), held AS (
      INSERT INTO reservation_lines (order_key, number, asked_sku, product_sku, quantity, available, held)
      SELECT key, place, asked[place], product_sku, quantity, available, quantity FROM granted ORDER BY place
    ), added AS (
      UPDATE stock_reserved AS reserved
      SET quantity = reserved.quantity + good.quantity, granted = good.granted
      FROM (
        SELECT product_sku, sum(quantity) AS quantity, max(reserved + available) AS granted
        FROM granted GROUP BY product_sku
      ) AS good
      WHERE reserved.product_sku = good.product_sku
    ), entered AS (
      INSERT INTO stock_ledger (product_sku, from_quantity, to_quantity, order_key, from_reserved, to_reserved,
        reason, source, run_id, actor, observed_at)
      SELECT product_sku, on_hand, on_hand, key, total - quantity, total,
        'RESERVED', 'reservations', command.id, by_actor, now()
      FROM granted
      CROSS JOIN LATERAL stock_on_hand(product_sku) AS on_hand
      CROSS JOIN (SELECT gen_random_uuid() AS id OFFSET 0) AS command
      ORDER BY place
    )
    SELECT 'RESERVED', false, asked[place], quantity, outcome, available FROM granted ORDER BY place;
  END $$;
`;

export class Reservations1763683300003 implements MigrationInterface {
  name = 'Reservations1763683300003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [tables, ledger, locks, availability, reserve]) await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
