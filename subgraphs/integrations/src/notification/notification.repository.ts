import type { LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import type { EntityManager } from 'typeorm';
import { NotificationEntity } from './notification.entity.ts';
import type { TextParams } from './texts/texts.ts';

/** A notification to be made, and how its recipient wants to be told. */
export interface NewNotification {
  readonly kind: NotificationKindName;
  readonly subjectId: string;
  readonly recipientKind: 'USER' | 'ORGANIZATION';
  readonly recipientId: string;
  readonly language: LanguageName;
  readonly urgent: boolean;
  readonly params: TextParams;
  /** The kinds of channels that it goes out on. */
  readonly channels: readonly string[];
  /** Whether there is an address of the account's, for those without an e-mail channel of their own. */
  readonly hasAccountEmail: boolean;
  readonly timeZone: string;
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  readonly digest: string;
  readonly digestAt: string;
}

/** When what goes out one after another begins. */
export interface Departure {
  readonly lane: string;
  readonly dueAt: Date;
}

const given = `jsonb_to_recordset($3::jsonb) AS given (
  kind text, "subjectId" text, "recipientKind" text, "recipientId" uuid, language text, urgent boolean, params jsonb,
  channels text[], "hasAccountEmail" boolean, "timeZone" text, "quietFrom" time, "quietTo" time, digest text,
  "digestAt" time)`;

export class NotificationRepository {
  readonly #notifications;

  constructor(manager: EntityManager) {
    this.#notifications = manager.getRepository(NotificationEntity);
  }

  /**
   * Makes notifications, and a delivery for each channel that they go out on, in one statement. What was made before of the
   * same event is left as it is: nobody is told twice. Webhooks are read by machines, which sleep at no time.
   * @returns when what was made departs.
   */
  insert(eventId: string, occurredAt: string, notifications: readonly NewNotification[]): Promise<Departure[]> {
    return this.#notifications.query(
      `WITH given AS (SELECT * FROM ${given}),
       made AS (
         INSERT INTO notifications
           (event_id, kind, subject_id, recipient_kind, recipient_id, language, urgent, params, occurred_at)
         SELECT $1, kind, "subjectId", "recipientKind", "recipientId", language, urgent, params, $2 FROM given
         WHERE "recipientKind" = 'USER' OR EXISTS (
           SELECT FROM notification_channels AS channel
           WHERE channel.owner_kind = 'ORGANIZATION' AND channel.owner_id = "recipientId" AND channel.status = 'ACTIVE')
         ON CONFLICT DO NOTHING
         RETURNING id, kind, subject_id, recipient_kind, recipient_id
       ), ready AS (
         SELECT made.id, given.* FROM made JOIN given ON given.kind = made.kind AND given."subjectId" = made.subject_id
           AND given."recipientKind" = made.recipient_kind AND given."recipientId" = made.recipient_id
       ), ways AS (
         SELECT ready.*, channel.id AS channel_id, 'channel:' || channel.id AS lane, channel.kind = 'WEBHOOK' AS machine
         FROM ready JOIN notification_channels AS channel
           ON channel.owner_kind = ready."recipientKind" AND channel.owner_id = ready."recipientId"
           AND channel.status = 'ACTIVE' AND channel.kind = ANY (ready.channels)
           AND (channel.kinds IS NULL OR ready.kind = ANY (channel.kinds))
         UNION ALL
         SELECT ready.*, NULL, 'account:' || "recipientId", false FROM ready
         WHERE "hasAccountEmail" AND 'EMAIL' = ANY (channels) AND NOT EXISTS (
           SELECT FROM notification_channels AS channel
           WHERE channel.owner_kind = "recipientKind" AND channel.owner_id = "recipientId"
             AND channel.kind = 'EMAIL' AND channel.status = 'ACTIVE')
       ), timed AS (
         SELECT ways.*, CASE WHEN urgent OR machine THEN now()
           ELSE notification_due(now(), "timeZone", "quietFrom", "quietTo", digest, "digestAt") END AS due
         FROM ways
       ), sent AS (
         INSERT INTO notification_deliveries (notification_id, channel_id, lane, due_at, bundled)
         SELECT id, channel_id, lane, due, due > now() FROM timed
         RETURNING lane, due_at
       )
       SELECT DISTINCT sent.lane, greatest(sent.due_at, lanes.paused_until) AS "dueAt"
       FROM sent LEFT JOIN notification_lanes AS lanes ON lanes.lane = sent.lane`,
      [eventId, occurredAt, JSON.stringify(notifications)],
    );
  }

  /** A person's inbox, newest first, from behind the one at the cursor. */
  list(userId: string, isUnread: boolean, size: number, after?: string): Promise<NotificationEntity[]> {
    const query = this.#inbox(userId, isUnread).orderBy('notification.id', 'DESC').take(size);
    if (after) query.andWhere('notification.id < :after::bigint', { after });
    return query.getMany();
  }

  count(userId: string, isUnread: boolean): Promise<number> {
    return this.#inbox(userId, isUnread).getCount();
  }

  #inbox(recipientId: string, isUnread: boolean) {
    const query = this.#notifications
      .createQueryBuilder('notification')
      .where(`notification.recipientKind = 'USER' AND notification.recipientId = :recipientId`, { recipientId });
    return isUnread ? query.andWhere('notification.readAt IS NULL') : query;
  }

  /** Those of the person; all of them where `ids` is null. What was read before keeps its time. */
  async markRead(userId: string, ids: readonly string[] | null): Promise<void> {
    await this.#notifications.query(
      `UPDATE notifications SET read_at = now()
       WHERE recipient_kind = 'USER' AND recipient_id = $1 AND read_at IS NULL
         AND ($2::bigint[] IS NULL OR id = ANY ($2::bigint[]))`,
      [userId, ids],
    );
  }

  /** All of somebody who is gone, with what was to go out and the log of it. */
  async deleteOfRecipient(recipientKind: NewNotification['recipientKind'], recipientId: string): Promise<void> {
    await this.#notifications.delete({ recipientKind, recipientId });
  }

  /** Old ones, with what was to go out and the log of it. */
  async deleteBefore(moment: Date): Promise<void> {
    await this.#notifications.query('DELETE FROM notifications WHERE created_at < $1', [moment]);
  }
}
