import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OfferObservations1763683451003 implements MigrationInterface {
  name = 'OfferObservations1763683451003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When the newest batch that spoke of the offer was read from its source; null for those that none spoke of.
      ALTER TABLE offers ADD COLUMN observed_at timestamptz(3);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
