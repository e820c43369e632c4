import type { MigrationInterface, QueryRunner } from 'typeorm';

const sessions = `
  -- Each time that 1C logs in to bring its goods.
  CREATE TABLE exchange_sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- SHA-256 of the cookie that 1C sends back.
    token_hash bytea NOT NULL UNIQUE,
    started_at timestamptz(3) NOT NULL,
    last_seen_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    -- Sum of its files, unpacked ones included, against the limit.
    bytes bigint NOT NULL DEFAULT 0,
    -- Set when what it brought was thrown away.
    cleared_at timestamptz(3)
  );
  CREATE INDEX exchange_sessions_newest ON exchange_sessions (started_at DESC, id DESC);
  CREATE INDEX exchange_sessions_uncleared ON exchange_sessions (expires_at) WHERE cleared_at IS NULL;

  -- The sync runs that its files are applied in, of each kind the newest last.
  CREATE TABLE exchange_runs (
    session_id uuid NOT NULL REFERENCES exchange_sessions ON DELETE CASCADE,
    run_id uuid NOT NULL REFERENCES sync_runs,
    kind text NOT NULL CHECK (kind IN ('GOODS', 'PRICES', 'STOCKS')),
    number integer GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (session_id, run_id)
  );
`;

const files = `
  CREATE TABLE exchange_files (
    -- In the order in which they began to come.
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES exchange_sessions ON DELETE CASCADE,
    name text NOT NULL,
    -- The archive that it was unpacked from.
    archive_id bigint REFERENCES exchange_files ON DELETE SET NULL,
    bytes bigint NOT NULL DEFAULT 0,
    state text NOT NULL CHECK (state IN ('RECEIVED', 'QUEUED', 'IMPORTING', 'IMPORTED', 'FAILED')),
    -- Rows that were applied so far.
    rows_done integer NOT NULL DEFAULT 0,
    -- Why it could not be imported; what else there is to say.
    failure text,
    note text,
    received_at timestamptz(3) NOT NULL,
    -- When 1C first asked for its import: what the file says was so then.
    requested_at timestamptz(3),
    touched_at timestamptz(3),
    finished_at timestamptz(3),
    UNIQUE (session_id, name)
  );

  -- The bytes of the files, as they came: any replica can go on where another left off.
  CREATE TABLE exchange_chunks (
    file_id bigint NOT NULL REFERENCES exchange_files ON DELETE CASCADE,
    start_at bigint NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (file_id, start_at)
  );
  -- Pictures and archives are compressed already, and text lives but for an hour.
  ALTER TABLE exchange_chunks ALTER COLUMN content SET STORAGE EXTERNAL;
`;

const known = `
  -- Characteristics of goods that offers told: the goods' own file, which comes first, does not name them.
  CREATE TABLE exchange_variants (
    id text PRIMARY KEY,
    name text,
    barcode text,
    article text,
    characteristic text
  );

  -- Pictures by the names that exports give them: 1C sends a picture once and names it ever after.
  CREATE TABLE exchange_pictures (
    name text PRIMARY KEY,
    sha256 text NOT NULL
  );
`;

export class Exchange1763683400002 implements MigrationInterface {
  name = 'Exchange1763683400002';

  async up(runner: QueryRunner): Promise<void> {
    for (const tables of [sessions, files, known]) await runner.query(tables);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
