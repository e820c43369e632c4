import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each night's forgetting of notifications looks for the tries of each: without an index, through all of them. */
export class AttemptsOfNotification1763683420001 implements MigrationInterface {
  name = 'AttemptsOfNotification1763683420001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX notification_attempts_of_notification ON notification_attempts (notification_id)
       WHERE notification_id IS NOT NULL`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
