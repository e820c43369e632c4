import type { Role } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { UserEntity } from './user.entity.ts';

export interface NewUser {
  readonly clerkUserId: string;
  readonly email?: string | null;
  readonly name?: string | null;
  readonly role?: Role | null;
}

export class UserRepository {
  readonly #users;

  constructor(manager: EntityManager) {
    this.#users = manager.getRepository(UserEntity);
  }

  findById(id: string): Promise<UserEntity | null> {
    return this.#users.findOneBy({ id });
  }

  findByClerkId(clerkUserId: string): Promise<UserEntity | null> {
    return this.#users.findOneBy({ clerkUserId });
  }

  /** Makes the row unless there is one: however many requests race, one row comes of it. */
  async insertIfNew({ clerkUserId, email, name, role }: NewUser): Promise<void> {
    await this.#users
      .createQueryBuilder()
      .insert()
      .values({ clerkUserId, email: email ?? null, name: name ?? null, role: role ?? 'CUSTOMER' })
      .orIgnore()
      .execute();
  }
}
