import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a buyer placed at once. */
const orders = `
  CREATE SEQUENCE order_numbers;

  CREATE TABLE orders (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- For people, as 2026-000042.
    number text NOT NULL UNIQUE
      DEFAULT to_char(now() AT TIME ZONE 'UTC', 'YYYY-') || lpad(nextval('order_numbers')::text, 6, '0'),
    status text NOT NULL CHECK (status IN (
      'PLACING', 'AWAITING_APPROVAL', 'AWAITING_PAYMENT', 'PLACED', 'COMPLETED', 'CANCELLED', 'REFUSED')),
    buyer_kind text NOT NULL CHECK (buyer_kind IN ('USER', 'ORGANIZATION')),
    buyer_id uuid NOT NULL,
    -- Null for a standing order, which nobody placed by hand.
    placed_by uuid,
    idempotency_key text NOT NULL,
    -- What was asked for, so that the same key with another request is known.
    fingerprint text NOT NULL,
    payment_method text NOT NULL CHECK (payment_method IN ('INVOICE', 'CARD')),
    currency text NOT NULL,
    goods_amount numeric(19, 4) NOT NULL,
    delivery_amount numeric(19, 4) NOT NULL DEFAULT 0,
    tax_amount numeric(19, 4) NOT NULL,
    -- What is to be paid: tax and delivery included.
    total_amount numeric(19, 4) NOT NULL,
    note text,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    placed_at timestamptz(3),
    UNIQUE (buyer_kind, buyer_id, idempotency_key)
  );
  CREATE INDEX orders_by_buyer ON orders (buyer_kind, buyer_id, created_at DESC, id DESC);
  CREATE INDEX orders_unfinished ON orders (updated_at) WHERE status = 'PLACING';
`;

/** The part of it that one supplier delivers, and everything that happened to it. */
const supplierOrders = `
  CREATE TABLE supplier_orders (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    order_id uuid NOT NULL REFERENCES orders,
    -- The order's number and its place in it, as 2026-000042-1.
    number text NOT NULL UNIQUE,
    supplier_id uuid NOT NULL,
    supplier_organization_id uuid,
    is_house boolean NOT NULL,
    supplier_name text NOT NULL,
    status text NOT NULL CHECK (status IN ('PENDING', 'REFUSED', 'PLACED', 'CONFIRMED', 'PARTLY_CONFIRMED', 'REJECTED',
      'SHIPPED', 'DELIVERED', 'PARTLY_DELIVERED', 'CANCELLED')),
    -- Raised with each change, so that two people who act at once are told of each other.
    version integer NOT NULL DEFAULT 1,
    deliver_on date,
    deliver_from time,
    deliver_to time,
    time_zone text NOT NULL,
    cut_off_at timestamptz(3),
    cancel_until text NOT NULL CHECK (cancel_until IN ('CUT_OFF', 'CONFIRMED', 'SHIPPED')),
    currency text NOT NULL,
    goods_amount numeric(19, 4) NOT NULL,
    delivery_amount numeric(19, 4) NOT NULL DEFAULT 0,
    tax_amount numeric(19, 4) NOT NULL,
    total_amount numeric(19, 4) NOT NULL,
    substitution text NOT NULL DEFAULT 'ASK' CHECK (substitution IN ('ALLOW', 'ASK', 'REFUSE')),
    note text,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    placed_at timestamptz(3),
    confirmed_at timestamptz(3),
    shipped_at timestamptz(3),
    delivered_at timestamptz(3),
    cancelled_at timestamptz(3)
  );
  CREATE INDEX supplier_orders_of_order ON supplier_orders (order_id, number);
  CREATE INDEX supplier_orders_by_supplier ON supplier_orders (supplier_id, created_at DESC, id DESC);

  CREATE TABLE order_lines (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    supplier_order_id uuid NOT NULL REFERENCES supplier_orders,
    position integer NOT NULL,
    offer_id text NOT NULL,
    product_sku text,
    supplier_sku text,
    gtin text,
    name text NOT NULL,
    unit text NOT NULL,
    base_unit text NOT NULL,
    -- Base units in one pack; quantities are packs.
    pack_size numeric(14, 3) NOT NULL CHECK (pack_size > 0),
    quantity numeric(14, 3) NOT NULL CHECK (quantity > 0),
    -- What the supplier promised; null until it has.
    confirmed_quantity numeric(14, 3) CHECK (confirmed_quantity >= 0),
    received_quantity numeric(14, 3) CHECK (received_quantity >= 0),
    price_amount numeric(19, 4) NOT NULL,
    tax_rate numeric(5, 2) NOT NULL,
    tax_included boolean NOT NULL,
    catch_weight boolean NOT NULL DEFAULT false,
    goods_amount numeric(19, 4) NOT NULL,
    tax_amount numeric(19, 4) NOT NULL,
    total_amount numeric(19, 4) NOT NULL,
    -- Of a house line that could not be reserved: inventory's word for it, and what there was.
    refusal text,
    available numeric(14, 3),
    substitute_for uuid REFERENCES order_lines,
    note text,
    UNIQUE (supplier_order_id, position)
  );
  CREATE INDEX order_lines_by_offer ON order_lines (offer_id);

  CREATE TABLE supplier_order_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    supplier_order_id uuid NOT NULL REFERENCES supplier_orders,
    from_status text,
    to_status text NOT NULL,
    actor text NOT NULL,
    reason text,
    at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX supplier_order_changes_of_one ON supplier_order_changes (supplier_order_id, id);
`;

export class Orders1763683500000 implements MigrationInterface {
  name = 'Orders1763683500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(orders);
    await runner.query(supplierOrders);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
