import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Favourites1763690400002 implements MigrationInterface {
  name = 'Favourites1763690400002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE favourites (
        -- A person of the accounts subgraph, whose tables are out of sight here.
        user_id uuid NOT NULL,
        product_id uuid NOT NULL REFERENCES products,
        -- To the millisecond, as cursors carry it.
        added_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, product_id)
      )`);
    await runner.query('CREATE INDEX favourites_newest ON favourites (user_id, added_at, product_id)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
