import type { Recipients, RecipientsAsked } from '@gastronom/shared/notification';
import type { EntityManager } from 'typeorm';
import { NotificationSettingsEntity } from './notification-settings.entity.ts';

export type SettingsValues = Omit<NotificationSettingsEntity, 'userId' | 'updatedAt'>;
export type SettingsDefaults = Pick<NotificationSettingsEntity, 'language' | 'timeZone'>;

export class NotificationSettingsRepository {
  readonly #settings;

  constructor(manager: EntityManager) {
    this.#settings = manager.getRepository(NotificationSettingsEntity);
  }

  find(userId: string): Promise<NotificationSettingsEntity | null> {
    return this.#settings.findOneBy({ userId });
  }

  /**
   * Makes the row if need be, and keeps everybody else from changing it until the transaction ends.
   * @returns null for a person who is gone.
   */
  async lock(userId: string, values: SettingsValues): Promise<NotificationSettingsEntity | null> {
    const { language, timeZone, digest, digestAt } = values;
    await this.#settings.query(
      `INSERT INTO notification_settings (user_id, language, time_zone, digest, digest_at)
       SELECT id, $2, $3, $4, $5 FROM users WHERE id = $1 AND deleted_at IS NULL
       ON CONFLICT DO NOTHING`,
      [userId, language, timeZone, digest, digestAt],
    );
    return this.#settings.findOne({ where: { userId }, lock: { mode: 'pessimistic_write' } });
  }

  update(row: NotificationSettingsEntity, values: Partial<SettingsValues>): Promise<NotificationSettingsEntity> {
    return this.#settings.save({ ...row, ...values });
  }

  /** Only names that both PostgreSQL and this process know are of use: times of day are reckoned by both. */
  async knowsTimeZone(name: string): Promise<boolean> {
    const rows: unknown[] = await this.#settings.query('SELECT FROM pg_timezone_names WHERE name = $1', [name]);
    return rows.length > 0;
  }

  /** Those who can be told, each once, however many of the questions they answer. */
  async listRecipients(
    { organizationIds, userIds, staff }: RecipientsAsked,
    { language, timeZone }: SettingsDefaults,
  ): Promise<Recipients> {
    const users: Recipients['users'] = await this.#settings.query(
      `WITH member AS (
         SELECT m.user_id, jsonb_agg(jsonb_build_object('organizationId', m.organization_id, 'role', m.role)
           ORDER BY m.organization_id) AS memberships
         FROM memberships m JOIN organizations o ON o.id = m.organization_id AND o.deleted_at IS NULL
         WHERE m.organization_id = ANY ($1::uuid[]) AND m.ended_at IS NULL
         GROUP BY 1
       )
       SELECT u.id, u.email, u.role IN ('STAFF', 'ADMIN') AS "isStaff",
         coalesce(s.language, $4) AS language, coalesce(s.time_zone, $5) AS "timeZone",
         s.quiet_from AS "quietFrom", s.quiet_to AS "quietTo",
         coalesce(s.digest, 'NONE') AS digest, coalesce(s.digest_at, '09:00') AS "digestAt",
         coalesce(s.kinds, '{}') AS kinds, coalesce(member.memberships, '[]') AS memberships
       FROM users u
       LEFT JOIN member ON member.user_id = u.id
       LEFT JOIN notification_settings s ON s.user_id = u.id
       WHERE u.deleted_at IS NULL AND u.banned_at IS NULL
         AND (u.id = ANY ($2::uuid[]) OR member.user_id IS NOT NULL OR $3 AND u.role IN ('STAFF', 'ADMIN'))
       ORDER BY u.id`,
      [organizationIds, userIds, staff, language, timeZone],
    );
    const organizations: Recipients['organizations'] = await this.#settings.query(
      'SELECT id, name FROM organizations WHERE id = ANY ($1::uuid[]) AND deleted_at IS NULL ORDER BY id',
      [organizationIds],
    );
    return { users, organizations };
  }
}
