import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ServiceKeyRotation1763683403000 implements MigrationInterface {
  name = 'ServiceKeyRotation1763683403000';

  async up(runner: QueryRunner): Promise<void> {
    // Unique: a key has one successor at most, whoever asks for it at the same time.
    await runner.query('ALTER TABLE service_keys ADD COLUMN replaces_id uuid UNIQUE REFERENCES service_keys');
    await runner.query('ALTER TABLE service_keys ADD CHECK (replaces_id <> id)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
