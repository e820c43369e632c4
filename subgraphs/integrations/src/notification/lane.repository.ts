import type { ChannelKindName, LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import type { EntityManager } from 'typeorm';
import type { Departure } from './notification.repository.ts';
import type { TextParams } from './texts/texts.ts';

/** What waits to go out, with all that its message is made of. */
export interface WaitingDelivery {
  readonly id: string;
  readonly notificationId: string;
  readonly channelId: string | null;
  readonly bundled: boolean;
  readonly attempts: number;
  readonly eventId: string;
  readonly kind: NotificationKindName;
  readonly recipientId: string;
  readonly language: LanguageName;
  readonly urgent: boolean;
  readonly params: TextParams;
  readonly occurredAt: Date;
  readonly createdAt: Date;
  readonly channelKind: ChannelKindName | null;
  readonly channelStatus: string | null;
  /** Sealed. */
  readonly target: string | null;
  readonly ownerKind: 'USER' | 'ORGANIZATION';
  readonly channelLanguage: LanguageName | null;
}

/** So long a process may be silent before another takes its lane; longer than one message may take. */
const busySeconds = 180;

/** Lanes: what goes out to one channel, one message after another, whoever sends it. */
export class LaneRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** @returns whether the lane is free and ours now. */
  async claim(lane: string): Promise<boolean> {
    const rows: unknown[] = await this.#manager.query(
      `INSERT INTO notification_lanes AS lanes (lane, busy_until) VALUES ($1, now() + make_interval(secs => $2))
       ON CONFLICT (lane) DO UPDATE SET busy_until = excluded.busy_until
       WHERE coalesce(lanes.busy_until, '-infinity') < now() RETURNING lane`,
      [lane, busySeconds],
    );
    return rows.length > 0;
  }

  /** Still at it. */
  async keep(lane: string): Promise<void> {
    await this.#manager.query(
      'UPDATE notification_lanes SET busy_until = now() + make_interval(secs => $2) WHERE lane = $1',
      [lane, busySeconds],
    );
  }

  async release(lane: string): Promise<void> {
    await this.#manager.query('UPDATE notification_lanes SET busy_until = NULL WHERE lane = $1', [lane]);
  }

  /** What is due now: the oldest that stands for itself, or all that waited to go out together. */
  async listDue(lane: string, most: number): Promise<WaitingDelivery[]> {
    const rows: WaitingDelivery[] = await this.#manager.query(
      `SELECT d.id, d.notification_id AS "notificationId", d.channel_id AS "channelId", d.bundled, d.attempts,
         n.event_id AS "eventId", n.kind, n.recipient_id AS "recipientId", n.recipient_kind AS "ownerKind", n.language,
         n.urgent, n.params, n.occurred_at AS "occurredAt", n.created_at AS "createdAt",
         c.kind AS "channelKind", c.status AS "channelStatus", c.target, c.language AS "channelLanguage"
       FROM notification_deliveries d
       JOIN notifications n ON n.id = d.notification_id
       LEFT JOIN notification_channels c ON c.id = d.channel_id
       WHERE d.lane = $1 AND d.status = 'PENDING' AND d.due_at <= now()
         AND NOT EXISTS (SELECT FROM notification_lanes l WHERE l.lane = $1 AND l.paused_until > now())
       ORDER BY d.bundled, d.id LIMIT $2`,
      [lane, most],
    );
    return rows[0]?.bundled ? rows : rows.slice(0, 1);
  }

  async updateDeliveries(ids: readonly string[], status: 'SENT' | 'FAILED' | 'SKIPPED'): Promise<void> {
    await this.#manager.query(
      'UPDATE notification_deliveries SET status = $2, attempts = attempts + 1 WHERE id = ANY ($1::bigint[])',
      [ids, status],
    );
  }

  /** The next try of a lane that had a trouble: everything that waits on it waits until then. */
  async pause(lane: string, ids: readonly string[], until: Date): Promise<void> {
    await this.#manager.query(
      `WITH tried AS (UPDATE notification_deliveries SET attempts = attempts + 1 WHERE id = ANY ($2::bigint[]))
       UPDATE notification_lanes SET paused_until = $3, failures = failures + 1 WHERE lane = $1`,
      [lane, ids, until],
    );
  }

  /** How often in a row the lane had a trouble. */
  async failures(lane: string): Promise<number> {
    const rows: { failures: number }[] = await this.#manager.query(
      'SELECT failures FROM notification_lanes WHERE lane = $1',
      [lane],
    );
    return rows[0]?.failures ?? 0;
  }

  async resume(lane: string): Promise<void> {
    await this.#manager.query(
      'UPDATE notification_lanes SET paused_until = NULL, failures = 0 WHERE lane = $1 AND failures > 0',
      [lane],
    );
  }

  /** Lanes on which something is due that nobody sends: their process died, or a wake-up was lost. */
  listOverdue(): Promise<Departure[]> {
    return this.#manager.query(
      `SELECT d.lane, min(d.due_at) AS "dueAt" FROM notification_deliveries d
       LEFT JOIN notification_lanes l ON l.lane = d.lane
       WHERE d.status = 'PENDING' AND d.due_at < now()
         AND coalesce(l.busy_until, '-infinity') < now() AND coalesce(l.paused_until, '-infinity') < now()
       GROUP BY 1`,
    );
  }

  /** Lanes on which nothing went out for long. */
  async deleteIdle(): Promise<void> {
    await this.#manager.query(
      `DELETE FROM notification_lanes l WHERE coalesce(busy_until, '-infinity') < now()
         AND coalesce(paused_until, '-infinity') < now()
         AND NOT EXISTS (SELECT FROM notification_deliveries d WHERE d.lane = l.lane AND d.status = 'PENDING')`,
    );
  }
}
