import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Their plans are the same for any goods, so that none is made anew for each call: planning was most of what judging a
 * reservation took, while the totals of its goods were locked.
 */
export class GenericPlans1763683300007 implements MigrationInterface {
  name = 'GenericPlans1763683300007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER FUNCTION stock_facts SET plan_cache_mode = force_generic_plan');
    await runner.query('ALTER FUNCTION reserve_stock SET plan_cache_mode = force_generic_plan');
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
