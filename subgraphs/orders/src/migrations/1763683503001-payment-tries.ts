import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stripe keeps an answer under its key for a day, be it that it was broken: each try has a number. */
export class PaymentTries1763683503001 implements MigrationInterface {
  name = 'PaymentTries1763683503001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE payments ADD COLUMN intent_try integer NOT NULL DEFAULT 0');
    await runner.query('ALTER TABLE payment_accounts ADD COLUMN account_try integer NOT NULL DEFAULT 0');
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
