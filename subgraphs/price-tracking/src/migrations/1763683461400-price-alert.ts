import type { MigrationInterface, QueryRunner } from 'typeorm';

const rules = `
  CREATE TABLE price_alerts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    owner_id uuid NOT NULL,
    product_id uuid NOT NULL REFERENCES tracked_products (id) ON DELETE CASCADE,
    kind text NOT NULL
      CHECK (kind IN ('BELOW_TARGET', 'DROP_PERCENT', 'LOWEST_IN_DAYS', 'ANY_CHANGE', 'BACK_IN_STOCK')),
    scope text NOT NULL CHECK (scope IN ('ANY_URL', 'PRIMARY_URL')),
    -- Of BELOW_TARGET: null for the product's own.
    target_price numeric(18, 4) CHECK (target_price > 0),
    target_currency text CHECK (target_currency ~ '^[A-Z]{3}$'),
    percent numeric(5, 2) CHECK (percent > 0 AND percent <= 100),
    -- Of DROP_PERCENT: null for a drop against what was asked before.
    days int CHECK (days BETWEEN 1 AND 365),
    is_enabled boolean NOT NULL DEFAULT true,
    -- Of the last snooze. Meanwhile the rule looks at nothing.
    snoozed_from timestamptz(3),
    snoozed_until timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CHECK ((target_price IS NULL) = (target_currency IS NULL)),
    CHECK (target_price IS NULL OR kind = 'BELOW_TARGET'),
    CHECK ((percent IS NOT NULL) = (kind = 'DROP_PERCENT')),
    CHECK (days IS NULL OR kind IN ('DROP_PERCENT', 'LOWEST_IN_DAYS')),
    CHECK (days IS NOT NULL OR kind <> 'LOWEST_IN_DAYS'),
    CHECK ((snoozed_from IS NULL) = (snoozed_until IS NULL))
  );
  CREATE INDEX price_alerts_product ON price_alerts (product_id, created_at, id);
  CREATE INDEX price_alerts_owner ON price_alerts (owner_id, created_at DESC, id DESC);`;

const states = `
  -- How things stood on a page when a rule last looked at it.
  CREATE TABLE price_alert_states (
    alert_id uuid NOT NULL REFERENCES price_alerts (id) ON DELETE CASCADE,
    url_id uuid NOT NULL REFERENCES tracked_urls (id) ON DELETE CASCADE,
    -- Whether a condition that lasts held then: it is told of when it comes about, not while it lasts.
    is_met boolean NOT NULL,
    -- The last price for which it could be bought.
    price numeric(18, 4),
    currency text,
    PRIMARY KEY (alert_id, url_id)
  );
  CREATE INDEX price_alert_states_url ON price_alert_states (url_id);

  -- What was told. It outlives its rule, and goes with its page.
  CREATE TABLE raised_price_alerts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    product_id uuid NOT NULL,
    url_id uuid NOT NULL REFERENCES tracked_urls (id) ON DELETE CASCADE,
    kind text NOT NULL,
    price numeric(18, 4) NOT NULL,
    currency text NOT NULL,
    -- The last price before in this currency; null where there was none.
    previous_price numeric(18, 4),
    -- What the price was held against: the target, the highest, or the lowest before.
    reference_price numeric(18, 4),
    days int,
    raised_at timestamptz(3) NOT NULL
  );
  CREATE INDEX raised_price_alerts_owner ON raised_price_alerts (owner_id, id DESC);
  CREATE INDEX raised_price_alerts_product ON raised_price_alerts (product_id, id DESC);
  CREATE INDEX raised_price_alerts_url ON raised_price_alerts (url_id);`;

const failing = `
  -- Pages of whose failures the owner was told, and since when they failed then: since later is another row of failures.
  CREATE TABLE reported_failures (
    url_id uuid PRIMARY KEY REFERENCES tracked_urls (id) ON DELETE CASCADE,
    failing_since timestamptz(3) NOT NULL
  );

  -- When the owner of a store was last told that its pages fail.
  CREATE TABLE reported_stores (
    store_id uuid PRIMARY KEY REFERENCES stores (id) ON DELETE CASCADE,
    reported_at timestamptz(3) NOT NULL
  );`;

export class PriceAlert1763683461400 implements MigrationInterface {
  name = 'PriceAlert1763683461400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(rules);
    await runner.query(states);
    await runner.query(failing);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
