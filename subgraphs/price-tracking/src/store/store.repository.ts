import { selectRows } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { StoreEntity } from './store.entity.ts';

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

  /** Until the transaction ends, one makes or changes stores of the owner at a time. */
  async lockOwner(ownerId: string): Promise<void> {
    await this.#manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('stores ' || $1::text, 0))`, [ownerId]);
  }

  /** The owner’s store that has the first of these domains that any of theirs has. */
  async findByDomain(ownerId: string, domains: readonly string[]): Promise<StoreEntity | null> {
    const [store] = await selectRows(
      this.#manager,
      StoreEntity,
      `WHERE id = (SELECT store_id FROM store_domains WHERE owner_id = $1 AND domain = ANY($2::text[])
         ORDER BY array_position($2::text[], domain) LIMIT 1)`,
      [ownerId, domains],
    );
    return store ?? null;
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
