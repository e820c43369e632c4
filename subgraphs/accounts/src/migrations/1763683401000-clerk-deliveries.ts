import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What Clerk's webhook brought: by its id, so that the same event is applied once. Of what it said nothing is kept. */
export class ClerkDeliveries1763683401000 implements MigrationInterface {
  name = 'ClerkDeliveries1763683401000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE clerk_deliveries (
        -- Of the message, the same each time that it is sent.
        id text PRIMARY KEY,
        type text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        outcome text NOT NULL CHECK (outcome IN ('APPLIED', 'STALE', 'IGNORED', 'FAILED')),
        failure text
      )`);
    await runner.query('CREATE INDEX clerk_deliveries_received ON clerk_deliveries (received_at)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
