import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lines follow a good that is called otherwise now. The caller holds all warehouses. */
const move = `
  CREATE FUNCTION move_reservations(former_skus text[], new_skus text[], by_actor text, at timestamptz)
  RETURNS SETOF text LANGUAGE plpgsql VOLATILE SET enable_nestloop = on
  AS $$
  DECLARE
    ids bigint[];
    moved text[];
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('renamed goods', 0));
    moved := ARRAY(SELECT DISTINCT product_sku FROM reservation_lines WHERE product_sku = ANY(former_skus));
    IF cardinality(moved) = 0 THEN RETURN; END IF;
    INSERT INTO stock_reserved (product_sku) SELECT DISTINCT sku FROM unnest(new_skus) AS sku ORDER BY sku
    ON CONFLICT DO NOTHING;
    PERFORM lock_reserved(former_skus || new_skus);
    WITH change AS MATERIALIZED (
      SELECT before.product_sku AS former, name.sku, before.quantity, before.granted
      FROM (SELECT DISTINCT former, sku FROM unnest(former_skus, new_skus) AS given(former, sku)) AS name
      JOIN stock_reserved AS before ON before.product_sku = name.former
      WHERE name.former <> name.sku AND name.former = ANY(moved)
    ), delta AS MATERIALIZED (
      SELECT sku, sum(quantity) AS quantity, sum(granted) AS granted
      FROM (
        SELECT former AS sku, -quantity AS quantity, -granted AS granted FROM change
        UNION ALL SELECT sku, quantity, granted FROM change
      ) AS part
      GROUP BY sku
    ), entered AS (
      INSERT INTO stock_ledger (product_sku, from_quantity, to_quantity, from_reserved, to_reserved,
        reason, source, run_id, actor, observed_at)
      SELECT delta.sku, on_hand, on_hand, total.quantity, total.quantity + delta.quantity,
        'MOVED', 'reservations', command.id, by_actor, at
      FROM delta
      JOIN stock_reserved AS total ON total.product_sku = delta.sku
      CROSS JOIN LATERAL stock_on_hand(delta.sku) AS on_hand
      CROSS JOIN (SELECT gen_random_uuid() AS id OFFSET 0) AS command
      WHERE delta.quantity <> 0
    ), renamed AS (
      UPDATE reservation_lines AS line SET product_sku = change.sku FROM change WHERE line.product_sku = change.former
    )
    UPDATE stock_reserved AS total
    SET quantity = total.quantity + delta.quantity, granted = total.granted + delta.granted
    FROM delta WHERE total.product_sku = delta.sku;
    RETURN QUERY SELECT unnest(former_skus || new_skus);
  END $$;

  CREATE FUNCTION resettle_goods(skus text[], by_actor text, at timestamptz)
  RETURNS SETOF text LANGUAGE plpgsql VOLATILE SET enable_nestloop = on
  AS $$
  DECLARE
    ids bigint[] := ARRAY(
      SELECT id FROM reservation_lines WHERE product_sku = ANY(skus) AND handed_over_at IS NOT NULL);
  BEGIN
    IF cardinality(ids) = 0 THEN RETURN; END IF;
    PERFORM recount_lines(ids);
    RETURN QUERY SELECT settle_lines(ids, by_actor, at);
  END $$;
`;

export class RenamedReservations1763683300006 implements MigrationInterface {
  name = 'RenamedReservations1763683300006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(move);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
