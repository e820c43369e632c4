import type { EntityManager } from 'typeorm';
import type { ChannelAccess } from './channel-owner.ts';
import { NotificationChannelEntity, type OwnerKindName } from './notification-channel.entity.ts';

export interface ChannelOwner {
  readonly kind: OwnerKindName;
  readonly id: string;
}

const accessSql = `(channel.ownerKind = 'USER' AND channel.ownerId = :userId
  OR channel.ownerKind = 'ORGANIZATION' AND channel.ownerId = :organizationId)`;

export class NotificationChannelRepository {
  readonly #channels;

  constructor(manager: EntityManager) {
    this.#channels = manager.getRepository(NotificationChannelEntity);
  }

  findById(id: string): Promise<NotificationChannelEntity | null> {
    return this.#channels.findOneBy({ id });
  }

  find(id: string, access: ChannelAccess): Promise<NotificationChannelEntity | null> {
    return this.#channels
      .createQueryBuilder('channel')
      .where('channel.id = :id', { id })
      .andWhere(accessSql, { ...access })
      .getOne();
  }

  /** Nobody else changes it until the transaction ends. */
  lock(id: string, access: ChannelAccess): Promise<NotificationChannelEntity | null> {
    return this.#channels
      .createQueryBuilder('channel')
      .setLock('pessimistic_write')
      .where('channel.id = :id', { id })
      .andWhere(accessSql, { ...access })
      .getOne();
  }

  /** Newest first, from behind the one at the cursor. */
  list(
    owner: ChannelOwner,
    size: number,
    after?: { moment: string; id: string },
  ): Promise<NotificationChannelEntity[]> {
    const query = this.#ofOwner(owner).orderBy('channel.createdAt', 'DESC').addOrderBy('channel.id', 'DESC').take(size);
    if (after) query.andWhere('(channel.createdAt, channel.id) < (:moment::timestamptz, :id::uuid)', after);
    return query.getMany();
  }

  count(owner: ChannelOwner): Promise<number> {
    return this.#ofOwner(owner).getCount();
  }

  #ofOwner({ kind, id }: ChannelOwner) {
    return this.#channels
      .createQueryBuilder('channel')
      .where('channel.ownerKind = :kind AND channel.ownerId = :ownerId', { kind, ownerId: id });
  }

  /** One owner's channels are made one after another, so that their number stays bounded. */
  async lockOwner({ kind, id }: ChannelOwner): Promise<void> {
    await this.#channels.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`channels:${kind}:${id}`]);
  }

  insert(channel: Omit<NotificationChannelEntity, 'createdAt' | 'updatedAt'>): Promise<NotificationChannelEntity> {
    return this.#channels.save(this.#channels.create(channel));
  }

  update(
    channel: NotificationChannelEntity,
    values: Partial<NotificationChannelEntity>,
  ): Promise<NotificationChannelEntity> {
    return this.#channels.save({ ...channel, ...values });
  }

  async delete(id: string): Promise<void> {
    await this.#channels.delete({ id });
  }

  /** @returns whether a test may be sent now: the last one was long enough ago. */
  async claimTest(id: string, pauseSeconds: number): Promise<boolean> {
    const [rows]: [unknown[]] = await this.#channels.query(
      `UPDATE notification_channels SET tested_at = now()
       WHERE id = $1 AND (tested_at IS NULL OR tested_at < now() - make_interval(secs => $2)) RETURNING id`,
      [id, pauseSeconds],
    );
    return rows.length > 0;
  }

  /** A new code; it counts as a test, so that the next one waits. */
  async setCode(id: string, sealed: string): Promise<void> {
    await this.#channels.query(
      `UPDATE notification_channels SET confirmation_code = $2, confirmation_tries = 0, tested_at = now() WHERE id = $1`,
      [id, sealed],
    );
  }

  async updateWorking(id: string): Promise<void> {
    await this.#channels.query('UPDATE notification_channels SET failures = 0 WHERE id = $1 AND failures > 0', [id]);
  }

  /** A page of all in the order of their ids, with their secrets. */
  listSecrets(after: string, size: number): Promise<NotificationChannelEntity[]> {
    return this.#channels
      .createQueryBuilder('channel')
      .where('channel.id > :after::uuid', { after })
      .orderBy('channel.id')
      .take(size)
      .getMany();
  }

  /** Unless its owner changed it in between; it counts as no change of theirs. */
  async updateSealing(
    { id, target }: NotificationChannelEntity,
    anew: { readonly target: string; readonly confirmationCode: string | null },
  ): Promise<void> {
    await this.#channels.query(
      'UPDATE notification_channels SET target = $3, confirmation_code = $4 WHERE id = $1 AND target = $2',
      [id, target, anew.target, anew.confirmationCode],
    );
  }

  async deleteOfOwner({ kind, id }: ChannelOwner): Promise<void> {
    await this.#channels.delete({ ownerKind: kind, ownerId: id });
  }

  /** One more message was given up. @returns how many in a row. */
  async updateFailing(id: string): Promise<number> {
    const [rows]: [{ failures: number }[]] = await this.#channels.query(
      'UPDATE notification_channels SET failures = failures + 1 WHERE id = $1 RETURNING failures',
      [id],
    );
    return rows[0]?.failures ?? 0;
  }

  /** Nothing goes there any more until its owner switches it on again. */
  async switchOff(id: string, reason: string): Promise<void> {
    await this.#channels.query(
      `UPDATE notification_channels SET status = 'OFF', off_reason = $2, updated_at = now()
       WHERE id = $1 AND status <> 'OFF'`,
      [id, reason],
    );
  }
}
