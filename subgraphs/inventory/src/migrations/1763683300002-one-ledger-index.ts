import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every change of every quantity is written to the ledger: one index, which is read backwards, costs half of two. */
export class OneLedgerIndex1763683300002 implements MigrationInterface {
  name = 'OneLedgerIndex1763683300002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE stock_ledger DROP CONSTRAINT stock_ledger_pkey, ADD PRIMARY KEY (product_sku, id)');
    await runner.query('DROP INDEX stock_ledger_newest');
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
