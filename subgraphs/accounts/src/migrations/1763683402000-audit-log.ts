import { roleOf } from '@gastronom/shared/database/subgraph-database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const role = roleOf('accounts');

/** What is sensitive and was done. The database itself chains the entries, and lets nobody but its owner touch them. */
export class AuditLog1763683402000 implements MigrationInterface {
  name = 'AuditLog1763683402000';

  async up(runner: QueryRunner): Promise<void> {
    await makeTables(runner);
    await makeChain(runner);
    await makeGuard(runner);
    await runner.query(`REVOKE ALL ON audit_entries, audit_head FROM ${role}`);
    await runner.query(`GRANT SELECT ON audit_entries, audit_head TO ${role}`);
    // What the chain sets for itself, nobody names.
    await runner.query(`
      GRANT INSERT (id, occurred_at, actor, ip, user_agent, request_id, action, subject_type, subject_id, before, after)
      ON audit_entries TO ${role}`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}

async function makeTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE audit_head (
      is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
      seq bigint NOT NULL,
      hash bytea NOT NULL
    )`);
  await runner.query(`INSERT INTO audit_head (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'))`);
  await runner.query(`
    CREATE TABLE audit_entries (
      seq bigint PRIMARY KEY CHECK (seq > 0),
      id uuid NOT NULL UNIQUE,
      occurred_at timestamptz(3) NOT NULL,
      recorded_at timestamptz(3) NOT NULL,
      actor text NOT NULL,
      ip text,
      user_agent text,
      request_id text NOT NULL,
      action text NOT NULL,
      subject_type text NOT NULL,
      subject_id text NOT NULL,
      -- Objects or nothing: JSON's own null beside SQL's would be told apart by no hash.
      before jsonb CHECK (jsonb_typeof(before) = 'object'),
      after jsonb CHECK (jsonb_typeof(after) = 'object'),
      previous_hash bytea NOT NULL,
      hash bytea NOT NULL
    )`);
  for (const columns of ['actor', 'action', 'ip', 'subject_type', 'subject_id, subject_type', 'occurred_at']) {
    const name = `audit_entries_by_${columns.split(',')[0]}`;
    await runner.query(`CREATE INDEX ${name} ON audit_entries (${columns}, seq)`);
  }
}

/** One entry after another: whoever appends holds the head until its transaction ends. */
async function makeChain(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION chain_audit_entry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE
      head accounts.audit_head;
      rfc3339 CONSTANT text := 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';
    BEGIN
      SELECT * INTO STRICT head FROM accounts.audit_head FOR UPDATE;
      -- Delivered once more: it stands already, and the chain goes on without a gap.
      IF EXISTS (SELECT FROM accounts.audit_entries WHERE id = NEW.id) THEN
        RETURN NULL;
      END IF;
      NEW.seq := head.seq + 1;
      NEW.previous_hash := head.hash;
      NEW.recorded_at := clock_timestamp();
      NEW.hash := sha256(convert_to(jsonb_build_array(
        encode(NEW.previous_hash, 'hex'), NEW.seq, NEW.id,
        to_char(NEW.occurred_at AT TIME ZONE 'UTC', rfc3339), to_char(NEW.recorded_at AT TIME ZONE 'UTC', rfc3339),
        NEW.actor, NEW.ip, NEW.user_agent, NEW.request_id, NEW.action, NEW.subject_type, NEW.subject_id,
        NEW.before, NEW.after
      )::text, 'UTF8'));
      UPDATE accounts.audit_head SET seq = NEW.seq, hash = NEW.hash;
      RETURN NEW;
    END $$`);
  // Else a role could hang it on a temporary table of its own, and move the head by that.
  await runner.query('REVOKE ALL ON FUNCTION chain_audit_entry() FROM PUBLIC');
  await runner.query(`
    CREATE TRIGGER chain_audit_entry BEFORE INSERT ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION chain_audit_entry()`);
}

/** Against the owner's own slips; on purpose, an owner can take it away: then the hashes tell. */
async function makeGuard(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION refuse_audit_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
      RAISE EXCEPTION 'the audit log is appended to, and never changed' USING ERRCODE = 'insufficient_privilege';
    END $$`);
  await runner.query('REVOKE ALL ON FUNCTION refuse_audit_change() FROM PUBLIC');
  await runner.query(`
    CREATE TRIGGER refuse_audit_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`);
}
