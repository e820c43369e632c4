import { type EntityManager, In } from 'typeorm';
import { ServiceKeyEntity } from './service-key.entity.ts';

export type NewServiceKey = Pick<
  ServiceKeyEntity,
  'name' | 'scopes' | 'prefix' | 'hash' | 'createdByUserId' | 'expiresAt'
>;

export class ServiceKeyRepository {
  readonly #keys;

  constructor(manager: EntityManager) {
    this.#keys = manager.getRepository(ServiceKeyEntity);
  }

  async insert(key: NewServiceKey): Promise<ServiceKeyEntity> {
    return this.#keys.save(this.#keys.create(key));
  }

  /** Makes the key unless one with this hash is there, and gives back the one that is. */
  async ensure(key: NewServiceKey): Promise<ServiceKeyEntity> {
    await this.#keys.createQueryBuilder().insert().values(key).orIgnore().execute();
    return this.#keys.findOneByOrFail({ hash: key.hash });
  }

  listByIds(ids: readonly string[]): Promise<ServiceKeyEntity[]> {
    return this.#keys.findBy({ id: In([...ids]) });
  }

  /** Newest first, from behind the key at the cursor. */
  list(size: number, after?: { moment: string; id: string }): Promise<ServiceKeyEntity[]> {
    const query = this.#keys
      .createQueryBuilder('key')
      .orderBy('key.createdAt', 'DESC')
      .addOrderBy('key.id', 'DESC')
      .take(size);
    if (after) query.where('(key.createdAt, key.id) < (:moment::timestamptz, :id::uuid)', after);
    return query.getMany();
  }

  count(): Promise<number> {
    return this.#keys.count();
  }

  /** The key that works at this moment; its use is noted once a minute at most. */
  async useByHash(hash: string): Promise<ServiceKeyEntity | null> {
    const key = await this.#keys
      .createQueryBuilder('key')
      .where('key.hash = :hash', { hash })
      .andWhere('key.revokedAt IS NULL')
      .andWhere('(key.expiresAt IS NULL OR key.expiresAt > now())')
      .getOne();
    if (!key) return null;
    if (!key.lastUsedAt || Date.now() - key.lastUsedAt.getTime() > 60_000)
      await this.#keys.update({ id: key.id }, { lastUsedAt: () => 'now()' });
    return key;
  }

  /** Revokes the key unless it is revoked already, and gives it back. */
  async revoke(id: string): Promise<ServiceKeyEntity | null> {
    await this.#keys
      .createQueryBuilder()
      .update()
      .set({ revokedAt: () => 'now()' })
      .where('id = :id AND revoked_at IS NULL', { id })
      .execute();
    return this.#keys.findOneBy({ id });
  }
}
