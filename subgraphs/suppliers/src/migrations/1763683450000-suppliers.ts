import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Suppliers1763683450000 implements MigrationInterface {
  name = 'Suppliers1763683450000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE suppliers (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        -- The organization whose people speak for it.
        organization_id uuid UNIQUE,
        is_house boolean NOT NULL DEFAULT false,
        name text NOT NULL CHECK (name <> ''),
        currency text NOT NULL DEFAULT 'RUB' CHECK (currency ~ '^[A-Z]{3}$'),
        time_zone text NOT NULL DEFAULT 'Europe/Moscow',
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        CHECK (is_house OR organization_id IS NOT NULL)
      );
      -- The shop itself, whose offers are the catalogue's goods.
      CREATE UNIQUE INDEX suppliers_one_house ON suppliers (is_house) WHERE is_house;
      INSERT INTO suppliers (id, is_house, name) VALUES ('00000000-0000-7000-8000-000000000001', true, 'Gastronom');
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
