import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a supplier promises, and what becomes of what it cannot. */
const supplierOrders = `
  ALTER TABLE supplier_orders
    -- The part whose rest this one delivers later.
    ADD COLUMN back_order_of uuid REFERENCES supplier_orders,
    ADD COLUMN tracking_note text;
  CREATE INDEX supplier_orders_back_orders ON supplier_orders (back_order_of) WHERE back_order_of IS NOT NULL;

  ALTER TABLE supplier_order_changes
    ADD COLUMN party text CHECK (party IN ('BUYER', 'SUPPLIER', 'STAFF', 'SYSTEM'));

  ALTER TABLE order_lines
    -- Of the quantity, what stands in a back-order; amounts are of what is left.
    ADD COLUMN back_ordered_quantity numeric(14, 3) NOT NULL DEFAULT 0 CHECK (back_ordered_quantity >= 0),
    ADD COLUMN damaged_quantity numeric(14, 3) CHECK (damaged_quantity >= 0),
    ADD COLUMN substitute_status text CHECK (substitute_status IN ('PROPOSED', 'ACCEPTED', 'DECLINED')),
    ADD CONSTRAINT order_lines_promised CHECK (coalesce(confirmed_quantity, 0) + back_ordered_quantity <= quantity),
    ADD CONSTRAINT order_lines_received CHECK (received_quantity <= coalesce(confirmed_quantity, 0)),
    ADD CONSTRAINT order_lines_damaged CHECK (damaged_quantity <= coalesce(received_quantity, 0));
`;

/** What arrived, and when. A correction is the next revision of a delivery; each revision is kept. */
const deliveries = `
  CREATE TABLE deliveries (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    supplier_order_id uuid NOT NULL REFERENCES supplier_orders,
    number integer NOT NULL CHECK (number > 0),
    status text NOT NULL CHECK (status IN ('MARKED', 'CORRECTED')),
    revision integer NOT NULL DEFAULT 1,
    delivered_at timestamptz(3) NOT NULL,
    complete boolean NOT NULL,
    temperature_note text,
    signed_by text,
    note text,
    photos text[] NOT NULL DEFAULT '{}',
    currency text NOT NULL,
    -- Of what was accepted: received and not damaged, goods by weight by their real weight.
    goods_amount numeric(19, 4) NOT NULL,
    tax_amount numeric(19, 4) NOT NULL,
    total_amount numeric(19, 4) NOT NULL,
    marked_by text NOT NULL,
    marked_for text NOT NULL CHECK (marked_for IN ('BUYER', 'SUPPLIER', 'STAFF')),
    marked_at timestamptz(3) NOT NULL,
    idempotency_key text NOT NULL,
    fingerprint text NOT NULL,
    UNIQUE (supplier_order_id, number),
    UNIQUE (supplier_order_id, idempotency_key)
  );

  CREATE TABLE delivery_lines (
    delivery_id uuid NOT NULL REFERENCES deliveries,
    line_id uuid NOT NULL REFERENCES order_lines,
    received_quantity numeric(14, 3) NOT NULL CHECK (received_quantity >= 0),
    damaged_quantity numeric(14, 3) NOT NULL CHECK (damaged_quantity BETWEEN 0 AND received_quantity),
    -- In base units, of goods whose price goes by what they really weigh.
    weight numeric(14, 3) CHECK (weight >= 0),
    note text,
    goods_amount numeric(19, 4) NOT NULL,
    tax_amount numeric(19, 4) NOT NULL,
    total_amount numeric(19, 4) NOT NULL,
    PRIMARY KEY (delivery_id, line_id)
  );

  CREATE TABLE delivery_revisions (
    delivery_id uuid NOT NULL REFERENCES deliveries,
    revision integer NOT NULL,
    marked_by text NOT NULL,
    marked_for text NOT NULL,
    marked_at timestamptz(3) NOT NULL,
    reason text,
    -- The delivery and its lines as they were told then.
    told jsonb NOT NULL,
    idempotency_key text NOT NULL,
    fingerprint text NOT NULL,
    PRIMARY KEY (delivery_id, revision),
    UNIQUE (delivery_id, idempotency_key)
  );
`;

/** Which version of each of the house's orders 1C has stored, and which it was given in which session. */
const saleExports = `
  CREATE TABLE sale_exports (
    supplier_order_id uuid PRIMARY KEY REFERENCES supplier_orders,
    stored_version integer NOT NULL,
    stored_at timestamptz(3) NOT NULL
  );
  CREATE TABLE sale_offers (
    session_id text NOT NULL,
    supplier_order_id uuid NOT NULL REFERENCES supplier_orders,
    version integer NOT NULL,
    offered_at timestamptz(3) NOT NULL,
    PRIMARY KEY (session_id, supplier_order_id)
  );
  CREATE INDEX sale_offers_by_age ON sale_offers (offered_at);
`;

export class Fulfilment1763683502000 implements MigrationInterface {
  name = 'Fulfilment1763683502000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(supplierOrders);
    await runner.query(deliveries);
    await runner.query(saleExports);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
