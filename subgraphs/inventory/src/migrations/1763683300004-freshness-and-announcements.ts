import type { MigrationInterface, QueryRunner } from 'typeorm';

const refreshes = `
  -- What was asked of 1C for each warehouse, and how that went.
  CREATE TABLE warehouse_refreshes (
    warehouse_id bigint PRIMARY KEY REFERENCES warehouses,
    requested_at timestamptz(3),
    -- By when the request on its way counts as lost; null when none is.
    answer_due_at timestamptz(3),
    answered_at timestamptz(3),
    -- The moment that the last answer speaks of: that of the request which it answers.
    answered_as_of timestamptz(3),
    failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    next_attempt_at timestamptz(3),
    last_failure text
  );

  -- One row, for 1C as a whole. Whoever asks 1C, or notes how that went, locks it first.
  CREATE TABLE refresh_breaker (
    id boolean PRIMARY KEY DEFAULT true CHECK (id),
    failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    opened_at timestamptz(3),
    open_until timestamptz(3),
    CHECK ((opened_at IS NULL) = (open_until IS NULL))
  );
  INSERT INTO refresh_breaker DEFAULT VALUES;
`;

const announced = `
  -- What the world was told last of each good.
  CREATE TABLE availability_announced (
    product_sku text PRIMARY KEY,
    available_online numeric(14, 3) NOT NULL,
    status text NOT NULL,
    announced_at timestamptz(3) NOT NULL
  ) WITH (fillfactor = 85);
`;

export class FreshnessAndAnnouncements1763683300004 implements MigrationInterface {
  name = 'FreshnessAndAnnouncements1763683300004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(refreshes);
    await runner.query(announced);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
