import type { MigrationInterface, QueryRunner } from 'typeorm';

const runs = `
  CREATE TABLE sync_runs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    source text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('DELTA', 'SNAPSHOT')),
    status text NOT NULL CHECK (status IN ('RUNNING', 'HELD', 'FINISHED', 'FAILED', 'CANCELLED')),
    warehouse text,
    -- Made by one call that named no run, and finished with it.
    single_call boolean NOT NULL,
    actor text NOT NULL,
    held_because text,
    -- What the end of a snapshot did, or would do while the run is held.
    hidden integer NOT NULL DEFAULT 0,
    zeroed integer NOT NULL DEFAULT 0,
    -- Which half of the end is done, should the other fail.
    products_settled boolean NOT NULL DEFAULT false,
    stocks_settled boolean NOT NULL DEFAULT false,
    -- To the millisecond, as cursors carry it.
    started_at timestamptz(3) NOT NULL DEFAULT now(),
    finished_at timestamptz(3)
  );
  CREATE INDEX sync_runs_newest ON sync_runs (started_at DESC, id DESC);
  CREATE INDEX sync_runs_by_status ON sync_runs (status, started_at DESC, id DESC);
  CREATE INDEX sync_runs_by_source ON sync_runs (source, started_at DESC, id DESC);
`;

const batches = `
  CREATE TABLE sync_batches (
    -- In the order of arrival.
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id uuid NOT NULL REFERENCES sync_runs,
    source text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('PRODUCTS', 'STOCKS', 'CATEGORIES', 'WAREHOUSES')),
    status text NOT NULL CHECK (status IN ('COMPLETED', 'FAILED')),
    idempotency_key text,
    -- SHA-256 of what was sent.
    fingerprint bytea NOT NULL,
    observed_at timestamptz(3) NOT NULL,
    -- The answer, row by row: one letter for each outcome, its SKU, and the errors of the few that have any.
    outcomes text NOT NULL,
    skus json NOT NULL,
    errors json NOT NULL,
    failure text,
    has_stock boolean NOT NULL,
    received integer NOT NULL,
    created integer NOT NULL,
    updated integer NOT NULL,
    unchanged integer NOT NULL,
    stale integer NOT NULL,
    parked integer NOT NULL,
    rejected integer NOT NULL,
    received_at timestamptz(3) NOT NULL DEFAULT now()
  );
  -- Compressing the answer would cost more than the disk it saves.
  ALTER TABLE sync_batches ALTER COLUMN outcomes SET STORAGE EXTERNAL, ALTER COLUMN skus SET STORAGE EXTERNAL;
  CREATE UNIQUE INDEX sync_batches_by_key ON sync_batches (source, kind, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
  CREATE INDEX sync_batches_by_fingerprint ON sync_batches (fingerprint);
  CREATE INDEX sync_batches_by_run ON sync_batches (run_id);
`;

const rejectedRows = `
  CREATE TABLE sync_rejected_rows (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id uuid NOT NULL REFERENCES sync_runs,
    batch_id bigint NOT NULL REFERENCES sync_batches,
    row_index integer NOT NULL,
    -- What the row is about, cleaned, where it says so.
    sku text,
    barcode text,
    -- json, not jsonb: the row as it came, whatever characters are in it.
    content json NOT NULL,
    errors json NOT NULL
  );
  CREATE INDEX sync_rejected_rows_by_run ON sync_rejected_rows (run_id, id);
  CREATE INDEX sync_rejected_rows_by_batch ON sync_rejected_rows (batch_id);
`;

const appearances = `
  -- Goods that the catalogue made and inventory could not be told of: the next batch that reaches it tells.
  CREATE TABLE pending_appearances (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku text NOT NULL,
    barcode text,
    former_sku text
  );
`;

export class Integrations1763683400000 implements MigrationInterface {
  name = 'Integrations1763683400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const tables of [runs, batches, rejectedRows, appearances]) await runner.query(tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
