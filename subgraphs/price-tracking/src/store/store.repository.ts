import { selectRows } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { StoreEntity } from './store.entity.ts';
import { StoreDomainEntity } from './store-domain.entity.ts';

export interface StoreSearch {
  /** Whose; everybody’s by default. */
  readonly ownerId?: string | undefined;
  /** What the name contains; a pattern for ILIKE. */
  readonly like?: string | undefined;
  readonly slug?: string | undefined;
}

/** A place in the list by name. */
export interface StorePlace {
  readonly name: string;
  readonly id: string;
}

export type NewStore = Pick<StoreEntity, 'ownerId' | 'name' | 'slug'> & Partial<StoreEntity>;

export class StoreRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Whosever they are. */
  byIds(ids: readonly string[]): Promise<StoreEntity[]> {
    return selectRows(this.#manager, StoreEntity, 'WHERE id = ANY($1::uuid[])', [ids]);
  }

  /** Locked until the transaction ends: one changes it at a time. Pages may come to it meanwhile. */
  lock(id: string): Promise<StoreEntity | null> {
    return this.#manager.findOne(StoreEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /** The same for who deletes it: no page comes to it that would go with it. */
  lockToDelete(id: string): Promise<StoreEntity | null> {
    return this.#manager.findOne(StoreEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** By name, from behind the one at the cursor. */
  list(search: StoreSearch, size: number, after?: StorePlace): Promise<StoreEntity[]> {
    const query = this.#search(search)
      .orderBy('lower(store.name) COLLATE "C"', 'ASC')
      .addOrderBy('store.id', 'ASC')
      .limit(size);
    if (after)
      query.andWhere('(lower(store.name) COLLATE "C", store.id) > (lower(:name::text) COLLATE "C", :id::uuid)', after);
    return query.getMany();
  }

  count(search: StoreSearch): Promise<number> {
    return this.#search(search).getCount();
  }

  #search({ ownerId, like, slug }: StoreSearch) {
    const query = this.#manager.createQueryBuilder(StoreEntity, 'store');
    if (ownerId !== undefined) query.andWhere('store.ownerId = :ownerId', { ownerId });
    if (like !== undefined) query.andWhere('store.name ILIKE :like', { like });
    if (slug !== undefined) query.andWhere('store.slug = :slug', { slug });
    return query;
  }

  listOf(ownerId: string): Promise<StoreEntity[]> {
    return this.#manager.find(StoreEntity, { where: { ownerId }, order: { id: 'ASC' } });
  }

  findBySlug(ownerId: string, slug: string): Promise<StoreEntity | null> {
    return this.#manager.findOneBy(StoreEntity, { ownerId, slug });
  }

  /** Those of the domains that another store of the owner has, and which. */
  listDomainsElsewhere(
    ownerId: string,
    domains: readonly string[],
    storeId: string | null,
  ): Promise<{ domain: string; name: string }[]> {
    return this.#manager.query(
      `SELECT d.domain, s.name FROM store_domains d JOIN stores s ON s.id = d.store_id
       WHERE d.owner_id = $1 AND d.domain = ANY($2::text[]) AND d.store_id IS DISTINCT FROM $3::uuid ORDER BY d.position`,
      [ownerId, domains, storeId],
    );
  }

  /** In the order in which they were given. */
  domainsOf(storeIds: readonly string[]): Promise<StoreDomainEntity[]> {
    return selectRows(this.#manager, StoreDomainEntity, 'WHERE store_id = ANY($1::uuid[]) ORDER BY position, domain', [
      storeIds,
    ]);
  }

  /** How many pages are tracked in each; those without any are left out. */
  async countUrls(storeIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const sql = `SELECT store_id AS "storeId", count(*)::int AS count FROM tracked_urls WHERE store_id = ANY($1::uuid[]) GROUP BY 1`;
    const rows: { storeId: string; count: number }[] = await this.#manager.query(sql, [storeIds]);
    return new Map(rows.map(({ storeId, count }) => [storeId, count]));
  }

  /** Until the transaction ends, one makes or changes stores of the owner at a time. */
  async lockOwner(ownerId: string): Promise<void> {
    await this.#manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('stores ' || $1::text, 0))`, [ownerId]);
  }

  /** The owner’s store that has the first of these domains that any of theirs has. It is not deleted before the transaction ends. */
  async findByDomain(ownerId: string, domains: readonly string[]): Promise<StoreEntity | null> {
    const [store] = await selectRows(
      this.#manager,
      StoreEntity,
      `WHERE id = (SELECT store_id FROM store_domains WHERE owner_id = $1 AND domain = ANY($2::text[])
         ORDER BY array_position($2::text[], domain) LIMIT 1) FOR KEY SHARE`,
      [ownerId, domains],
    );
    return store ?? null;
  }

  /** By host, the owner’s store that has the domain of the lowest rank that any of theirs has. */
  async listByDomains(
    ownerId: string,
    near: readonly { readonly host: string; readonly domain: string; readonly rank: number }[],
  ): Promise<Map<string, StoreEntity>> {
    const found: { host: string; storeId: string }[] = await this.#manager.query(
      `SELECT DISTINCT ON (host) host, store_id AS "storeId"
       FROM jsonb_to_recordset($2::jsonb) AS near (host text, domain text, rank int)
       JOIN store_domains USING (domain) WHERE owner_id = $1 ORDER BY host, rank`,
      [ownerId, JSON.stringify(near)],
    );
    const stores = new Map((await this.byIds(found.map(({ storeId }) => storeId))).map((store) => [store.id, store]));
    return new Map(
      found.flatMap(({ host, storeId }) => {
        const store = stores.get(storeId);
        return store ? [[host, store] as const] : [];
      }),
    );
  }

  /** The owner’s slugs that begin so. */
  async slugsLike(ownerId: string, beginning: string): Promise<Set<string>> {
    const sql = 'SELECT slug FROM stores WHERE owner_id = $1 AND starts_with(slug, $2)';
    const rows: { slug: string }[] = await this.#manager.query(sql, [ownerId, beginning.slice(0, 60)]);
    return new Set(rows.map(({ slug }) => slug));
  }

  async insert(values: NewStore): Promise<StoreEntity> {
    const { identifiers } = await this.#manager.insert(StoreEntity, values);
    return this.#manager.findOneByOrFail(StoreEntity, { id: String(identifiers[0]?.id) });
  }

  async update({ id }: StoreEntity, values: Partial<StoreEntity>): Promise<StoreEntity> {
    if (Object.keys(values).length > 0) await this.#manager.update(StoreEntity, { id }, values);
    return this.#manager.findOneByOrFail(StoreEntity, { id });
  }

  async delete({ id }: StoreEntity): Promise<void> {
    await this.#manager.delete(StoreEntity, { id });
  }

  async setDomains(store: StoreEntity, domains: readonly string[]): Promise<void> {
    await this.#manager.delete(StoreDomainEntity, { storeId: store.id });
    await this.addDomains(store, domains);
  }

  /** All of an owner to another; what the other has already stays there. */
  async giveDomains(from: string, to: string): Promise<void> {
    await this.#manager.query(
      `DELETE FROM store_domains d WHERE owner_id = $1
         AND EXISTS (SELECT FROM store_domains t WHERE t.owner_id = $2 AND t.domain = d.domain)`,
      [from, to],
    );
    await this.#manager.update(StoreDomainEntity, { ownerId: from }, { ownerId: to });
  }

  /** Those that another store of the owner has stay there. */
  async addDomains({ id, ownerId }: StoreEntity, domains: readonly string[]): Promise<void> {
    await this.#manager.query(
      `INSERT INTO store_domains (owner_id, store_id, domain, position)
       SELECT $1, $2, domain, place FROM unnest($3::text[]) WITH ORDINALITY AS d (domain, place)
       ON CONFLICT (owner_id, domain) DO NOTHING`,
      [ownerId, id, domains],
    );
  }
}
