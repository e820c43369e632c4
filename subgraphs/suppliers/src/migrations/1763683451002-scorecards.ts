import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Scorecards1763683451002 implements MigrationInterface {
  name = 'Scorecards1763683451002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Events as they came, each once: what the tables below are made of, and can be made of again.
      CREATE TABLE scorecard_facts (
        event_id uuid PRIMARY KEY,
        type text NOT NULL,
        occurred_at timestamptz(3) NOT NULL,
        data jsonb NOT NULL
      );
      CREATE INDEX scorecard_facts_type ON scorecard_facts (type, occurred_at);

      CREATE TABLE scored_orders (
        supplier_order_id uuid PRIMARY KEY,
        supplier_id uuid NOT NULL,
        buyer_kind text NOT NULL,
        buyer_id uuid NOT NULL,
        placed_at timestamptz(3),
        line_count int,
        -- When the supplier first said yes or no.
        answered_at timestamptz(3),
        rejected_at timestamptz(3)
      );
      CREATE INDEX scored_orders_buyer ON scored_orders (supplier_id, buyer_kind, buyer_id);
      CREATE INDEX scored_orders_answered ON scored_orders (supplier_id, answered_at);
      CREATE INDEX scored_orders_rejected ON scored_orders (supplier_id, rejected_at) WHERE rejected_at IS NOT NULL;

      CREATE TABLE scored_deliveries (
        delivery_id uuid PRIMARY KEY,
        revision int NOT NULL,
        supplier_order_id uuid NOT NULL,
        supplier_id uuid NOT NULL,
        delivered_at timestamptz(3) NOT NULL,
        -- The last moment of the promised window; null where no day was promised.
        promised_until timestamptz(3),
        complete boolean NOT NULL,
        lines jsonb NOT NULL
      );
      CREATE INDEX scored_deliveries_order ON scored_deliveries (supplier_order_id);
      CREATE INDEX scored_deliveries_time ON scored_deliveries (supplier_id, delivered_at);

      CREATE TABLE scored_invoices (
        invoice_id uuid PRIMARY KEY,
        supplier_id uuid NOT NULL,
        matched_at timestamptz(3) NOT NULL,
        total numeric(16, 4) NOT NULL,
        -- Invoiced less ordered.
        price_variance numeric(16, 4) NOT NULL,
        accurate boolean NOT NULL
      );
      CREATE INDEX scored_invoices_time ON scored_invoices (supplier_id, matched_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
