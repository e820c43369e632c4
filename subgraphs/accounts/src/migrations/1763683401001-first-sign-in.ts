import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a person first came with a token. Until now nobody had a row who had not; Clerk's events make rows before that. */
export class FirstSignIn1763683401001 implements MigrationInterface {
  name = 'FirstSignIn1763683401001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users ADD COLUMN signed_in_at timestamptz');
    await runner.query('UPDATE users SET signed_in_at = created_at WHERE deleted_at IS NULL');
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
