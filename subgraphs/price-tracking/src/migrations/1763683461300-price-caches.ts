import type { MigrationInterface, QueryRunner } from 'typeorm';

const checks = `
  -- A look at a page, kept for a month: it measures, and holds nobody's row back from being deleted.
  CREATE TABLE url_checks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id uuid NOT NULL,
    store_id uuid NOT NULL,
    url_id uuid NOT NULL,
    checked_at timestamptz(3) NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('OK', 'NO_PRICE', 'GONE', 'BLOCKED', 'FETCH_ERROR')),
    -- What went wrong, as HTTP_503; null where nothing did.
    code text,
    is_unchanged boolean NOT NULL,
    -- Of the answer's body, as it came over the wire.
    bytes bigint NOT NULL,
    -- Milliseconds: for turns and back-off, and from the first request to the last byte.
    waited_ms int NOT NULL,
    fetched_ms int NOT NULL,
    tries int NOT NULL
  );
  CREATE INDEX url_checks_owner ON url_checks (owner_id, checked_at);
  CREATE INDEX url_checks_age ON url_checks (checked_at);`;

const caches = `
  -- What a page asked in the last year, in the currency it asks now: rebuilt when a point is added.
  CREATE TABLE url_price_caches (
    url_id uuid PRIMARY KEY REFERENCES tracked_urls (id) ON DELETE CASCADE,
    currency text NOT NULL,
    trend text NOT NULL CHECK (trend IN ('UP', 'DOWN', 'FLAT', 'NEW')),
    -- The price before, where it was another, however long ago within the year.
    previous_price numeric(18, 4),
    changed_at timestamptz(3),
    -- Over days.
    lowest numeric(18, 4) NOT NULL,
    highest numeric(18, 4) NOT NULL,
    average numeric(18, 4) NOT NULL
  );

  -- What the cheapest page of a product asked on each day of the last year: one row for each currency.
  CREATE TABLE price_caches (
    product_id uuid NOT NULL REFERENCES tracked_products (id) ON DELETE CASCADE,
    currency text NOT NULL,
    lowest numeric(18, 4) NOT NULL,
    highest numeric(18, 4) NOT NULL,
    average numeric(18, 4) NOT NULL,
    -- Side by side, oldest first.
    days date[] NOT NULL,
    prices numeric(18, 4)[] NOT NULL,
    PRIMARY KEY (product_id, currency)
  );`;

export class PriceCaches1763683461300 implements MigrationInterface {
  name = 'PriceCaches1763683461300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(checks);
    await runner.query(caches);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
