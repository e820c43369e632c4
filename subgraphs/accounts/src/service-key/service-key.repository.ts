import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { ServiceKeyEntity } from './service-key.entity.ts';
import { type KeyState, keyStateSql } from './service-key-state.ts';

export type NewServiceKey = Pick<
  ServiceKeyEntity,
  'name' | 'scopes' | 'prefix' | 'hash' | 'createdByUserId' | 'expiresAt'
> &
  Partial<Pick<ServiceKeyEntity, 'replacesId'>>;

export interface KeyFilter {
  readonly state?: KeyState | null;
  readonly createdByUserId?: string | null;
}

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

  listReplacing(ids: readonly string[]): Promise<ServiceKeyEntity[]> {
    return this.#keys.findBy({ replacesId: In([...ids]) });
  }

  /** Newest first, from behind the key at the cursor. */
  list(filter: KeyFilter, size: number, after?: { moment: string; id: string }): Promise<ServiceKeyEntity[]> {
    const query = this.#filtered(filter).orderBy('key.createdAt', 'DESC').addOrderBy('key.id', 'DESC').take(size);
    if (after) query.andWhere('(key.createdAt, key.id) < (:moment::timestamptz, :id::uuid)', after);
    return query.getMany();
  }

  count(filter: KeyFilter): Promise<number> {
    return this.#filtered(filter).getCount();
  }

  /** Nobody else changes it until the transaction ends. */
  lock(id: string): Promise<ServiceKeyEntity | null> {
    return this.#keys.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  hasSuccessor(id: string): Promise<boolean> {
    return this.#keys.existsBy({ replacesId: id });
  }

  async updateExpiry(id: string, expiresAt: Date): Promise<void> {
    await this.#keys.update({ id }, { expiresAt });
  }

  async revoke(id: string): Promise<ServiceKeyEntity> {
    await this.#keys.update({ id }, { revokedAt: () => 'now()' });
    return this.#keys.findOneByOrFail({ id });
  }

  /** The key that works at this moment. Its use is noted once a minute at most, however many use it at once. */
  async useByHash(hash: string): Promise<ServiceKeyEntity | null> {
    const key = await this.#keys
      .createQueryBuilder('key')
      .where('key.hash = :hash', { hash })
      .andWhere(keyStateSql.ACTIVE)
      .getOne();
    if (!key) return null;
    if (!key.lastUsedAt || Date.now() - key.lastUsedAt.getTime() > 60_000) {
      await this.#keys
        .createQueryBuilder()
        .update()
        .set({ lastUsedAt: () => 'now()' })
        .where(`id = :id AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`, { id: key.id })
        .execute();
    }
    return key;
  }

  #filtered({ state, createdByUserId }: KeyFilter): SelectQueryBuilder<ServiceKeyEntity> {
    const query = this.#keys.createQueryBuilder('key');
    if (state) query.andWhere(keyStateSql[state]);
    if (createdByUserId) query.andWhere('key.createdByUserId = :createdByUserId', { createdByUserId });
    return query;
  }
}
