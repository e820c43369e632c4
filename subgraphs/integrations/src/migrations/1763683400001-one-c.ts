import type { MigrationInterface, QueryRunner } from 'typeorm';

const triggers = `
  -- Each time that 1C was asked for the stock of a warehouse.
  CREATE TABLE one_c_triggers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- The event that asked for it: several tries may be made for one.
    event_id uuid NOT NULL,
    -- SHA-256 of the token in the address that 1C is to call back.
    token_hash bytea NOT NULL UNIQUE,
    -- Inventory's id of the warehouse, and what 1C calls it.
    warehouse_id text NOT NULL,
    external_id text NOT NULL,
    requested_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    -- While the request is on its way; a process that dies leaves it to run out.
    sending_until timestamptz(3),
    accepted_at timestamptz(3),
    -- When a callback that was complete used the token up.
    spent_at timestamptz(3)
  );
  CREATE INDEX one_c_triggers_by_event ON one_c_triggers (event_id);
  CREATE INDEX one_c_triggers_sending ON one_c_triggers (sending_until) WHERE sending_until IS NOT NULL;
`;

const deliveries = `
  -- What 1C sent, as it came.
  CREATE TABLE one_c_deliveries (
    -- In the order of arrival.
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    received_at timestamptz(3) NOT NULL,
    content_type text,
    body bytea NOT NULL,
    size integer NOT NULL,
    -- SHA-256 of the body.
    body_hash bytea NOT NULL,
    token_hash bytea,
    -- The sender's own id of the message, where it signs as Standard Webhooks say.
    webhook_id text,
    status text NOT NULL CHECK (status IN ('RECEIVED', 'APPLIED', 'PARTLY_APPLIED', 'HELD', 'FAILED', 'DUPLICATE')),
    failure_code text,
    failure_message text,
    -- What the body says, once it was read.
    warehouse text,
    observed_at timestamptz(3),
    -- The trigger's moment, where the token names one.
    requested_at timestamptz(3),
    mode text,
    complete boolean,
    total integer,
    items integer,
    applied integer,
    rejected integer,
    -- What the parts of one snapshot have in common.
    snapshot_key bytea,
    run_id uuid REFERENCES sync_runs,
    attempts integer NOT NULL DEFAULT 0,
    -- Raised when a replay is to be work of its own, not the same work again.
    generation integer NOT NULL DEFAULT 0,
    -- When inventory was told that 1C has answered.
    told_at timestamptz(3),
    CHECK ((failure_code IS NULL) = (failure_message IS NULL))
  );
  CREATE INDEX one_c_deliveries_by_status ON one_c_deliveries (status, id DESC);
  CREATE INDEX one_c_deliveries_by_body ON one_c_deliveries (body_hash);
  CREATE INDEX one_c_deliveries_by_webhook ON one_c_deliveries (webhook_id) WHERE webhook_id IS NOT NULL;
  CREATE INDEX one_c_deliveries_by_token ON one_c_deliveries (token_hash) WHERE token_hash IS NOT NULL;
  CREATE INDEX one_c_deliveries_by_snapshot ON one_c_deliveries (snapshot_key) WHERE snapshot_key IS NOT NULL;
`;

export class OneC1763683400001 implements MigrationInterface {
  name = 'OneC1763683400001';

  async up(runner: QueryRunner): Promise<void> {
    for (const tables of [triggers, deliveries]) await runner.query(tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
