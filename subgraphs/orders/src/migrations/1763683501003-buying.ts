import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much of an offer a buyer wants to have. */
const pars = `
  CREATE TABLE pars (
    buyer_kind text NOT NULL CHECK (buyer_kind IN ('USER', 'ORGANIZATION')),
    buyer_id uuid NOT NULL,
    offer_id text NOT NULL,
    -- As they were when the level was set.
    name text NOT NULL,
    unit text NOT NULL,
    supplier_name text NOT NULL,
    -- In packs.
    level numeric(14, 3) NOT NULL CHECK (level > 0),
    updated_by uuid NOT NULL,
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (buyer_kind, buyer_id, offer_id)
  );
`;

/** What a buyer orders again and again, and what came of it each time. */
const standing = `
  CREATE TABLE standing_orders (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    buyer_kind text NOT NULL CHECK (buyer_kind IN ('USER', 'ORGANIZATION')),
    buyer_id uuid NOT NULL,
    name text NOT NULL,
    -- 1 is Monday, 7 is Sunday.
    weekdays smallint[] NOT NULL CHECK (cardinality(weekdays) BETWEEN 1 AND 7),
    place_at time NOT NULL,
    time_zone text NOT NULL,
    skip_dates date[] NOT NULL DEFAULT '{}',
    note text,
    is_active boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    -- Null where it is not active, and where no day is left.
    next_at timestamptz(3),
    -- Whether whoever last wrote it may order without being asked, however much it comes to.
    is_of_admin boolean NOT NULL,
    updated_by uuid NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX standing_orders_by_buyer ON standing_orders (buyer_kind, buyer_id, created_at DESC, id DESC);
  CREATE INDEX standing_orders_due ON standing_orders (next_at) WHERE next_at IS NOT NULL;

  CREATE TABLE standing_order_lines (
    standing_order_id uuid NOT NULL REFERENCES standing_orders ON DELETE CASCADE,
    position integer NOT NULL,
    offer_id text NOT NULL,
    quantity numeric(14, 3) NOT NULL CHECK (quantity > 0),
    note text,
    PRIMARY KEY (standing_order_id, position),
    UNIQUE (standing_order_id, offer_id)
  );

  CREATE TABLE standing_order_runs (
    standing_order_id uuid NOT NULL REFERENCES standing_orders ON DELETE CASCADE,
    day date NOT NULL,
    -- Null where nothing was ordered: the findings say why.
    order_id uuid REFERENCES orders,
    findings jsonb NOT NULL DEFAULT '[]',
    at timestamptz(3) NOT NULL,
    PRIMARY KEY (standing_order_id, day)
  );
`;

export class Buying1763683501003 implements MigrationInterface {
  name = 'Buying1763683501003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(pars);
    await runner.query(standing);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
