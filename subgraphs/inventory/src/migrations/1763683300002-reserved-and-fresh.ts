import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
  -- For how long a count is fresh here, where it is not the shop's usual time.
  ALTER TABLE warehouses ADD COLUMN fresh_minutes numeric(9, 3) CHECK (fresh_minutes > 0);

  CREATE TABLE stock_reserved (
    product_sku text PRIMARY KEY,
    -- What is promised to orders, and what was handed over and not counted since.
    quantity numeric(14, 3) NOT NULL DEFAULT 0,
    -- How much could be reserved in all when the last reservation was granted. Nobody reads it: it is for the second
    -- CHECK, which a race that sells the same piece twice would break.
    granted numeric(14, 3) NOT NULL DEFAULT 0,
    CONSTRAINT stock_reserved_not_negative CHECK (quantity >= 0),
    CONSTRAINT stock_reserved_not_oversold CHECK (quantity <= granted)
  ) WITH (fillfactor = 70);
`;

/**
 * What there is to know of the stock of a page of goods, in their order, as of 1763683300001; it also tells what is
 * reserved, and in which warehouses the count is older than its lifetime.
 */
const facts = `
  DROP FUNCTION stock_facts(text[], boolean[], text[]);
  CREATE FUNCTION stock_facts(
    skus text[], available boolean[], category_paths text[], at timestamptz, usual_minutes numeric
  )
  RETURNS TABLE (
    place bigint, sku text, is_available boolean, quantity numeric, reserved numeric, as_of timestamptz,
    stale_warehouses bigint[], buffer_override numeric, global_buffer numeric
  ) LANGUAGE plpgsql STABLE
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
  AS $$
  #variable_conflict use_column
  BEGIN
    RETURN QUERY
    SELECT good.place, good.sku, good.is_available, held.quantity,
      coalesce((SELECT reserved.quantity FROM stock_reserved AS reserved WHERE reserved.product_sku = good.sku), 0),
      held.as_of, held.stale_warehouses,
      coalesce(
        CASE WHEN EXISTS (SELECT FROM buffers AS buffer WHERE buffer.scope = 'PRODUCT') THEN
          (SELECT buffer.quantity FROM buffers AS buffer WHERE buffer.scope = 'PRODUCT' AND buffer.target = good.sku)
        END,
        CASE WHEN EXISTS (SELECT FROM buffers AS buffer WHERE buffer.scope = 'CATEGORY') THEN
          (SELECT nearest.quantity
           FROM (
             SELECT category.distance, (
               SELECT buffer.quantity FROM buffers AS buffer
               WHERE buffer.scope = 'CATEGORY' AND buffer.target = category.id) AS quantity
             FROM unnest(string_to_array(good.path, ',')) WITH ORDINALITY AS category(id, distance)
           ) AS nearest
           WHERE nearest.quantity IS NOT NULL ORDER BY nearest.distance LIMIT 1)
        END
      ),
      (SELECT buffer.quantity FROM buffers AS buffer WHERE buffer.scope = 'GLOBAL' AND buffer.target = '')
    FROM unnest(skus, available, category_paths) WITH ORDINALITY AS good(sku, is_available, path, place)
    CROSS JOIN LATERAL (
      SELECT sum(greatest(row.quantity, 0)) AS quantity, min(row.as_of) AS as_of,
        array_agg(row.warehouse_id ORDER BY row.warehouse_id) FILTER (WHERE row.as_of < row.fresh_from)
          AS stale_warehouses
      FROM (
        SELECT stock.quantity, stock.warehouse_id,
          stock_as_of(stock.source, stock.synced_at, warehouse.complete_source, warehouse.complete_as_of) AS as_of,
          at - make_interval(secs => (coalesce(warehouse.fresh_minutes, usual_minutes) * 60)::float8) AS fresh_from
        FROM warehouse_stocks AS stock
        JOIN warehouses AS warehouse ON warehouse.id = stock.warehouse_id
        WHERE stock.product_sku = good.sku
      ) AS row
    ) AS held
    ORDER BY good.place;
  END $$;
`;

export class ReservedAndFresh1763683300002 implements MigrationInterface {
  name = 'ReservedAndFresh1763683300002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(facts);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
