import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How an order is to be placed, so that whoever resumes it after a crash knows. */
const orders = `
  ALTER TABLE orders
    ADD COLUMN buyer_name text,
    ADD COLUMN source text NOT NULL DEFAULT 'CART' CHECK (source IN ('CART', 'STANDING')),
    -- Whether one part that cannot be reserved keeps the others from being placed.
    ADD COLUMN all_or_nothing boolean NOT NULL DEFAULT false,
    ADD COLUMN refusal text
      CHECK (refusal IN ('NOT_RESERVED', 'DECLINED', 'APPROVAL_EXPIRED', 'NOT_PAID', 'NOT_PLACED')),
    ADD CONSTRAINT orders_refusal CHECK (refusal IS NULL OR status = 'REFUSED');
  CREATE INDEX supplier_orders_by_organization
    ON supplier_orders (supplier_organization_id, created_at DESC, id DESC);
  CREATE INDEX supplier_orders_of_house ON supplier_orders (created_at DESC, id DESC) WHERE is_house;
`;

export class Placing1763683501000 implements MigrationInterface {
  name = 'Placing1763683501000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(orders);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
