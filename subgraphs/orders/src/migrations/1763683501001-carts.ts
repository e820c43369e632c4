import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One open cart for each buyer; the members of a restaurant share theirs. */
const carts = `
  CREATE TABLE carts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    buyer_kind text NOT NULL CHECK (buyer_kind IN ('USER', 'ORGANIZATION')),
    buyer_id uuid NOT NULL,
    -- Raised with each change of the cart or its lines.
    version integer NOT NULL DEFAULT 1,
    -- The order that is being made of it: nothing else is, until that one stands or fell.
    placing_order_id uuid REFERENCES orders,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    UNIQUE (buyer_kind, buyer_id)
  );

  CREATE TABLE cart_lines (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    cart_id uuid NOT NULL REFERENCES carts,
    -- In the order in which they were put in.
    place bigint GENERATED ALWAYS AS IDENTITY,
    offer_id text NOT NULL,
    -- As they were when it was put in, for when nobody can say how they are now.
    supplier_id uuid NOT NULL,
    supplier_name text NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    price_amount numeric(19, 4) NOT NULL,
    price_currency text NOT NULL,
    quantity numeric(14, 3) NOT NULL CHECK (quantity > 0),
    note text,
    version integer NOT NULL DEFAULT 1,
    added_by uuid NOT NULL,
    updated_by uuid NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    UNIQUE (cart_id, offer_id)
  );

  -- What the buyer wants of one supplier.
  CREATE TABLE cart_suppliers (
    cart_id uuid NOT NULL REFERENCES carts,
    supplier_id uuid NOT NULL,
    deliver_on date,
    deliver_from time,
    -- Of the day when it was chosen: afterwards the supplier may not tell of that day any more.
    cut_off_at timestamptz(3),
    substitution text NOT NULL DEFAULT 'ASK' CHECK (substitution IN ('ALLOW', 'ASK', 'REFUSE')),
    note text,
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (cart_id, supplier_id)
  );
`;

export class Carts1763683501001 implements MigrationInterface {
  name = 'Carts1763683501001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(carts);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
