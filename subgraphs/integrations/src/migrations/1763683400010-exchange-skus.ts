import type { MigrationInterface, QueryRunner } from 'typeorm';

const skus = `
  -- The SKU of goods by their Ид, where something else than the Ид is the SKU: offers that come alone name only the Ид.
  CREATE TABLE exchange_skus (
    id text PRIMARY KEY,
    sku text NOT NULL
  );
`;

export class ExchangeSkus1763683400010 implements MigrationInterface {
  name = 'ExchangeSkus1763683400010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(skus);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
