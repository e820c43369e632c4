import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Accounts1763683200000 implements MigrationInterface {
  name = 'Accounts1763683200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        clerk_user_id text NOT NULL UNIQUE,
        email text,
        name text,
        role text NOT NULL CHECK (role IN ('CUSTOMER', 'RESTAURANT', 'SUPPLIER', 'STAFF', 'ADMIN')),
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE service_keys (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL,
        scopes text[] NOT NULL,
        prefix text NOT NULL,
        hash text NOT NULL UNIQUE,
        created_by_user_id uuid REFERENCES users,
        -- To the millisecond, as cursors carry it.
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz
      )`);
    await runner.query('CREATE INDEX service_keys_newest ON service_keys (created_at DESC, id DESC)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
