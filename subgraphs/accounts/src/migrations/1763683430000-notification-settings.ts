import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NotificationSettings1763683430000 implements MigrationInterface {
  name = 'NotificationSettings1763683430000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notification_settings (
        user_id uuid PRIMARY KEY REFERENCES users,
        language text NOT NULL CHECK (language IN ('EN', 'SV', 'RU')),
        time_zone text NOT NULL,
        -- Local times of day, HH:MM.
        quiet_from text CHECK (quiet_from ~ '^([01]\\d|2[0-3]):[0-5]\\d$'),
        quiet_to text CHECK (quiet_to ~ '^([01]\\d|2[0-3]):[0-5]\\d$'),
        digest text NOT NULL CHECK (digest IN ('NONE', 'HOURLY', 'DAILY')),
        digest_at text NOT NULL CHECK (digest_at ~ '^([01]\\d|2[0-3]):[0-5]\\d$'),
        -- By kind of notification, the kinds of channels; what is not named goes on all of them.
        kinds jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(kinds) = 'object'),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
