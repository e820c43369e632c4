import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The moment that a stock row speaks of: its own last confirmation, or the last snapshot of its source. */
const asOf = `
  CREATE FUNCTION stock_as_of(source text, synced_at timestamptz, complete_source text, complete_as_of timestamptz)
  RETURNS timestamptz LANGUAGE sql IMMUTABLE
  AS $$ SELECT greatest(synced_at, CASE WHEN complete_source = source THEN complete_as_of END) $$;
`;

/**
 * What there is to know of the stock of a page of goods, in their order. In PL/pgSQL, which keeps its plan for the life
 * of a connection: planning takes as long as reading does, and a prepared statement would not survive every pooler.
 * The plan looks everything up by index, whatever the tables' statistics were on the day it was made.
 */
const facts = `
  CREATE FUNCTION stock_facts(skus text[], available boolean[], category_paths text[])
  RETURNS TABLE (
    place bigint, sku text, is_available boolean, quantity numeric, as_of timestamptz,
    buffer_override numeric, global_buffer numeric
  ) LANGUAGE plpgsql STABLE
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
  AS $$
  #variable_conflict use_column
  BEGIN
    RETURN QUERY
    SELECT good.place, good.sku, good.is_available, held.quantity, held.as_of,
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
      SELECT sum(greatest(stock.quantity, 0)) AS quantity,
        min(stock_as_of(stock.source, stock.synced_at, warehouse.complete_source, warehouse.complete_as_of)) AS as_of
      FROM warehouse_stocks AS stock
      JOIN warehouses AS warehouse ON warehouse.id = stock.warehouse_id
      WHERE stock.product_sku = good.sku
    ) AS held
    ORDER BY good.place;
  END $$;
`;

export class StockFacts1763683300001 implements MigrationInterface {
  name = 'StockFacts1763683300001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(asOf);
    await runner.query(facts);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
