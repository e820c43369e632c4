import { containing } from '@gastronom/shared/storable-text';
import type { Role } from '@gastronom/shared/viewer';
import { type EntityManager, In } from 'typeorm';
import { UserEntity } from './user.entity.ts';

/**
 * What stands in place of Clerk's id of a person whom somebody named by their e-mail address before they came: no token
 * names it.
 */
export const expectedId = (email: string): string => `email:${email.toLowerCase()}`;

export const isExpected = ({ clerkUserId }: UserEntity): boolean => clerkUserId.startsWith('email:');

export interface NewUser {
  readonly clerkUserId: string;
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly role?: Role | null | undefined;
}

/** A person as Clerk tells of them in an event. */
export interface ClerkUser {
  readonly clerkUserId: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly banned: boolean;
  /** Role of a person who is new here; CUSTOMER by default. */
  readonly role?: Role | undefined;
  /** Clerk's clock of it. */
  readonly at: Date;
}

export interface UserSearch {
  readonly text?: string | null | undefined;
  readonly role?: Role | null | undefined;
}

export class UserRepository {
  readonly #users;

  constructor(manager: EntityManager) {
    this.#users = manager.getRepository(UserEntity);
  }

  findById(id: string): Promise<UserEntity | null> {
    return this.#users.findOneBy({ id });
  }

  listByIds(ids: readonly string[]): Promise<UserEntity[]> {
    return this.#users.findBy({ id: In([...ids]) });
  }

  /** Those who have the address and are not deleted. */
  listByEmail(email: string): Promise<UserEntity[]> {
    return this.#users
      .createQueryBuilder('user')
      .where('lower(user.email) = lower(:email) AND user.deletedAt IS NULL', { email })
      .getMany();
  }

  /** The newest first, from behind the one at the cursor. Who was deleted is not among them. */
  list({ text, role }: UserSearch, size: number, after?: { moment: string; id: string }): Promise<UserEntity[]> {
    const query = this.#search({ text, role }).orderBy('user.createdAt', 'DESC').addOrderBy('user.id', 'DESC');
    if (after) query.andWhere('(user.createdAt, user.id) < (:moment::timestamptz, :id::uuid)', after);
    return query.take(size).getMany();
  }

  count(search: UserSearch): Promise<number> {
    return this.#search(search).getCount();
  }

  #search({ text, role }: UserSearch) {
    const query = this.#users.createQueryBuilder('user').where('user.deletedAt IS NULL');
    if (role) query.andWhere('user.role = :role', { role });
    if (text) query.andWhere('(user.name ILIKE :like OR user.email ILIKE :like)', { like: containing(text) });
    return query;
  }

  lock(id: string): Promise<UserEntity | null> {
    return this.#users.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Those who can act as admins, locked in one order. */
  lockAdmins(): Promise<UserEntity[]> {
    return this.#users
      .createQueryBuilder('user')
      .where(`user.role = 'ADMIN' AND user.deletedAt IS NULL AND user.bannedAt IS NULL`)
      .orderBy('user.id')
      .setLock('pessimistic_write')
      .getMany();
  }

  setRole(user: UserEntity, role: Role): Promise<UserEntity> {
    return this.#users.save({ ...user, role });
  }

  findByClerkId(clerkUserId: string): Promise<UserEntity | null> {
    return this.#users.findOneBy({ clerkUserId });
  }

  /**
   * A person came with a token. Makes the row unless there is one: however many requests race, one row comes of it. Of one
   * who is known, e-mail and name change to what is given; a person who was deleted stays without. Who never came before
   * gets the role that is given, unless they have one already that somebody gave them here.
   */
  async insertOrRefresh({ clerkUserId, email, name, role }: NewUser): Promise<void> {
    await this.#users.query(
      `INSERT INTO users AS u (clerk_user_id, email, name, role, signed_in_at) VALUES ($1, $2, $3, $4, now())
       ON CONFLICT (clerk_user_id) DO UPDATE
       SET email = coalesce(excluded.email, u.email), name = coalesce(excluded.name, u.name), updated_at = now(),
         role = CASE WHEN u.signed_in_at IS NULL AND u.role = 'CUSTOMER' THEN excluded.role ELSE u.role END,
         signed_in_at = coalesce(u.signed_in_at, now())
       WHERE u.deleted_at IS NULL AND (u.signed_in_at IS NULL OR (u.email, u.name)
         IS DISTINCT FROM (coalesce(excluded.email, u.email), coalesce(excluded.name, u.name)))`,
      [clerkUserId, email ?? null, name ?? null, role ?? 'CUSTOMER'],
    );
  }

  /** Somebody who will come with the address. However many name it at once, one row comes of it; null where there is one. */
  async expect(email: string): Promise<UserEntity | null> {
    const rows: { id: string }[] = await this.#users.query(
      `INSERT INTO users (clerk_user_id, email, role) VALUES ($1, $2, 'CUSTOMER')
       ON CONFLICT (clerk_user_id) DO NOTHING RETURNING id`,
      [expectedId(email), email],
    );
    return rows[0] ? this.#users.findOneByOrFail({ id: rows[0].id }) : null;
  }

  /** Who was expected by an address has come, and Clerk says that it is theirs: the row is theirs, unless they have one. */
  async welcomeExpected(clerkUserId: string, email: string): Promise<void> {
    await this.#users.query(
      `UPDATE users SET clerk_user_id = $1, updated_at = now()
       WHERE clerk_user_id = $2 AND NOT EXISTS (SELECT FROM users WHERE clerk_user_id = $1)`,
      [clerkUserId, expectedId(email)],
    );
  }

  /** Nobody is expected by the address any more. @returns who was; null where nobody was. */
  async deleteExpected(email: string): Promise<string | null> {
    const [rows]: [{ id: string }[], number] = await this.#users.query(
      'DELETE FROM users WHERE clerk_user_id = $1 RETURNING id',
      [expectedId(email)],
    );
    return rows[0]?.id ?? null;
  }

  /** A person of whom nothing is known yet but that there is one. */
  async insertUnknown(clerkUserId: string): Promise<void> {
    await this.#users.query(
      `INSERT INTO users (clerk_user_id, role) VALUES ($1, 'CUSTOMER') ON CONFLICT (clerk_user_id) DO NOTHING`,
      [clerkUserId],
    );
  }

  /**
   * What Clerk's event says, unless a later one was applied, or the person is deleted.
   * @returns whether it was applied.
   */
  async applyClerkUser({ clerkUserId, email, name, banned, role, at }: ClerkUser): Promise<boolean> {
    const rows: unknown[] = await this.#users.query(
      `INSERT INTO users AS u (clerk_user_id, email, name, role, banned_at, clerk_updated_at)
       VALUES ($1, $2, $3, $4, CASE WHEN $5::boolean THEN now() END, $6)
       ON CONFLICT (clerk_user_id) DO UPDATE
       SET email = excluded.email, name = excluded.name, clerk_updated_at = excluded.clerk_updated_at,
         banned_at = CASE WHEN $5::boolean THEN coalesce(u.banned_at, now()) END, updated_at = now()
       WHERE u.deleted_at IS NULL AND (u.clerk_updated_at IS NULL OR u.clerk_updated_at <= excluded.clerk_updated_at)
       RETURNING id`,
      [clerkUserId, email, name, role ?? 'CUSTOMER', banned, at],
    );
    return rows.length > 0;
  }

  /**
   * Takes e-mail and name from the row and lets nobody in by it any more; for ever. Of a person whom nobody knew a row is
   * made, so that what comes late makes no other.
   */
  async anonymise(clerkUserId: string, at: Date): Promise<UserEntity> {
    await this.#users.query(
      `INSERT INTO users AS u (clerk_user_id, role, deleted_at, clerk_updated_at) VALUES ($1, 'CUSTOMER', now(), $2)
       ON CONFLICT (clerk_user_id) DO UPDATE
       SET email = NULL, name = NULL, role = 'CUSTOMER', banned_at = NULL, deleted_at = now(), clerk_updated_at = $2,
         updated_at = now()
       WHERE u.deleted_at IS NULL`,
      [clerkUserId, at],
    );
    return this.#users.findOneByOrFail({ clerkUserId });
  }
}
