import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a buyer orders again and again, by a cron expression, and what came of it each time. */
const standing = `
  -- The first form, of weekdays. Nothing ever wrote to it.
  DROP TABLE standing_order_runs, standing_order_lines, standing_orders;

  CREATE TABLE standing_orders (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    buyer_kind text NOT NULL CHECK (buyer_kind IN ('USER', 'ORGANIZATION')),
    buyer_id uuid NOT NULL,
    name text NOT NULL,
    -- Five fields, on the clocks of the time zone.
    cron text NOT NULL,
    time_zone text NOT NULL,
    skip_dates date[] NOT NULL DEFAULT '{}',
    note text,
    is_paused boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1,
    -- Null where it is paused, and where no time is left.
    next_at timestamptz(3),
    -- Of the next time alone, where somebody wants it otherwise: its lines are those with only_next.
    next_note text,
    next_of_admin boolean,
    -- Whether whoever last wrote it may order without being asked, however much it comes to.
    is_of_admin boolean NOT NULL,
    updated_by uuid NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX standing_orders_by_buyer ON standing_orders (buyer_kind, buyer_id, created_at DESC, id DESC);
  CREATE INDEX standing_orders_due ON standing_orders (next_at, id) WHERE next_at IS NOT NULL;

  CREATE TABLE standing_order_lines (
    standing_order_id uuid NOT NULL REFERENCES standing_orders ON DELETE CASCADE,
    only_next boolean NOT NULL,
    position integer NOT NULL,
    offer_id text NOT NULL,
    -- As it was when it was put in.
    name text NOT NULL,
    quantity numeric(14, 3) NOT NULL CHECK (quantity > 0),
    note text,
    PRIMARY KEY (standing_order_id, only_next, position),
    UNIQUE (standing_order_id, only_next, offer_id)
  );

  CREATE TABLE standing_order_runs (
    standing_order_id uuid NOT NULL REFERENCES standing_orders ON DELETE CASCADE,
    due_at timestamptz(3) NOT NULL,
    -- Null where nothing was ordered.
    order_id uuid REFERENCES orders,
    failure text CHECK (failure IN ('NOTHING_ORDERABLE', 'MISSED')),
    findings jsonb NOT NULL DEFAULT '[]',
    tried_at timestamptz(3) NOT NULL,
    PRIMARY KEY (standing_order_id, due_at),
    CHECK ((order_id IS NULL) = (failure IS NOT NULL))
  );
  CREATE INDEX standing_order_runs_by_order ON standing_order_runs (order_id) WHERE order_id IS NOT NULL;
`;

export class StandingOrders1763683501004 implements MigrationInterface {
  name = 'StandingOrders1763683501004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(standing);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
