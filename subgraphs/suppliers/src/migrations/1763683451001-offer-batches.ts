import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OfferBatches1763683451001 implements MigrationInterface {
  name = 'OfferBatches1763683451001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Answers to batches of offers that came with a key, so that the same call gets its first answer again.
      CREATE TABLE offer_batches (
        supplier_id uuid NOT NULL REFERENCES suppliers (id),
        idempotency_key text NOT NULL,
        fingerprint bytea NOT NULL,
        results jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (supplier_id, idempotency_key)
      );
      CREATE INDEX offer_batches_created ON offer_batches (created_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
