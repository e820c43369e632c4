import type { EntityManager } from 'typeorm';
import { NotificationAttemptEntity } from './notification-attempt.entity.ts';

export type NewAttempt = Omit<NotificationAttemptEntity, 'id' | 'createdAt'>;

export class NotificationAttemptRepository {
  readonly #attempts;

  constructor(manager: EntityManager) {
    this.#attempts = manager.getRepository(NotificationAttemptEntity);
  }

  insert(attempt: NewAttempt): Promise<NotificationAttemptEntity> {
    return this.#attempts.save(this.#attempts.create(attempt));
  }

  /** Of each channel its newest tries, from behind the one at the cursor: one statement for them all. */
  listOfChannels(channelIds: readonly string[], size: number, after?: string): Promise<NotificationAttemptEntity[]> {
    return this.#attempts.query(
      `SELECT a.id, a.channel_id AS "channelId", a.lane, a.notification_id AS "notificationId", a.purpose, a.outcome,
         a.messages, a.error, a.retry_at AS "retryAt", a.took_ms AS "tookMs", a.created_at AS "createdAt"
       FROM unnest($1::uuid[]) AS c (id)
       CROSS JOIN LATERAL (
         SELECT * FROM notification_attempts
         WHERE channel_id = c.id AND ($3::bigint IS NULL OR id < $3) ORDER BY id DESC LIMIT $2
       ) a
       ORDER BY a.id DESC`,
      [channelIds, size, after ?? null],
    );
  }

  async deleteBefore(moment: Date): Promise<void> {
    await this.#attempts.query('DELETE FROM notification_attempts WHERE created_at < $1', [moment]);
  }
}
