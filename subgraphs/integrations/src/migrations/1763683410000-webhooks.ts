import type { MigrationInterface, QueryRunner } from 'typeorm';

const endpoints = `
  CREATE TABLE webhook_endpoints (
    id uuid PRIMARY KEY,
    -- Whose it is: an organisation's, or the shop's own where there is none.
    organization_id uuid,
    organization_type text NOT NULL CHECK (organization_type IN ('SHOP', 'RESTAURANT', 'SUPPLIER')),
    url text NOT NULL,
    description text NOT NULL,
    event_types text[] NOT NULL CHECK (cardinality(event_types) > 0),
    status text NOT NULL DEFAULT 'ENABLED' CHECK (status IN ('ENABLED', 'DISABLED')),
    disabled_because text CHECK (disabled_because IN ('OWNER', 'GONE', 'FAILING', 'ORGANIZATION')),
    disabled_at timestamptz(3),
    -- Sealed, both.
    secret text NOT NULL,
    former_secret text,
    former_secret_until timestamptz(3),
    -- Since when each try failed; null after one that did not.
    failing_since timestamptz(3),
    created_by text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CHECK ((status = 'DISABLED') = (disabled_because IS NOT NULL)),
    CHECK (organization_id IS NOT NULL OR organization_type = 'SHOP')
  );
  CREATE INDEX webhook_endpoints_of_organization ON webhook_endpoints (organization_id, created_at DESC, id DESC);
`;

const deliveries = `
  CREATE TABLE webhook_deliveries (
    -- The webhook-id, of every try.
    id uuid PRIMARY KEY,
    endpoint_id uuid NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
    event_id uuid NOT NULL,
    event_type text NOT NULL,
    -- Byte for byte what is signed and sent.
    body text NOT NULL,
    status text NOT NULL CHECK (status IN ('PENDING', 'DELIVERED', 'FAILED')),
    -- Why the last try failed.
    failure text,
    attempts integer NOT NULL DEFAULT 0,
    -- Tries of the running series: a redelivery begins another.
    step integer NOT NULL DEFAULT 0,
    begun_at timestamptz(3) NOT NULL DEFAULT now(),
    -- While a process has it in hand, when another may take it.
    next_attempt_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    delivered_at timestamptz(3),
    UNIQUE (endpoint_id, event_id),
    CHECK ((status = 'PENDING') = (next_attempt_at IS NOT NULL))
  );
  CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at) WHERE status = 'PENDING';
  CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (endpoint_id, created_at DESC, id DESC);
  CREATE INDEX webhook_deliveries_age ON webhook_deliveries (created_at);
  CREATE TABLE webhook_attempts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery_id uuid NOT NULL REFERENCES webhook_deliveries ON DELETE CASCADE,
    at timestamptz(3) NOT NULL,
    duration_ms integer NOT NULL,
    status_code integer,
    failure text,
    -- The beginning of what was answered.
    answer text
  );
  CREATE INDEX webhook_attempts_of_delivery ON webhook_attempts (delivery_id, id);
`;

/** What partners are told by webhooks: their endpoints, what is sent to each, and every try. */
export class Webhooks1763683410000 implements MigrationInterface {
  name = 'Webhooks1763683410000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(endpoints);
    await runner.query(deliveries);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
