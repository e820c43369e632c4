import type { EntityManager } from 'typeorm';
import { BufferEntity, type BufferScope } from './buffer.entity.ts';
import { BufferChangeEntity } from './buffer-change.entity.ts';

/** What a buffer holds for. */
export interface BufferTarget {
  readonly scope: BufferScope;
  readonly target: string;
}

/** What one change came to; null for no buffer of its own. */
export interface BufferStep {
  readonly from: string | null;
  readonly to: string | null;
}

export class BufferRepository {
  readonly #manager: EntityManager;
  readonly #buffers;
  readonly #changes;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#buffers = manager.getRepository(BufferEntity);
    this.#changes = manager.getRepository(BufferChangeEntity);
  }

  find(target: BufferTarget): Promise<BufferEntity | null> {
    return this.#buffers.findOneBy(target);
  }

  /** Sets a buffer, or clears it with null, and writes down who did. The same quantity again writes nothing: then null. */
  async upsert({ scope, target }: BufferTarget, quantity: number | null, actor: string): Promise<BufferStep | null> {
    const [step] = await this.#manager.query<BufferStep[]>(
      `WITH given AS (SELECT $1::text AS scope, $2::text AS target, $3::numeric(14, 3) AS quantity, $4::text AS actor),
       before AS (SELECT buffers.* FROM buffers JOIN given USING (scope, target) FOR UPDATE OF buffers),
       put AS (
         INSERT INTO buffers (scope, target, quantity, updated_by)
         SELECT scope, target, quantity, actor FROM given WHERE quantity IS NOT NULL
         ON CONFLICT (scope, target) DO UPDATE
         SET quantity = excluded.quantity, updated_by = excluded.updated_by, updated_at = now()
         WHERE buffers.quantity <> excluded.quantity
       ), cleared AS (
         DELETE FROM buffers USING given
         WHERE given.quantity IS NULL AND buffers.scope = given.scope AND buffers.target = given.target
       )
       INSERT INTO buffer_changes (scope, target, from_quantity, to_quantity, actor)
       SELECT given.scope, given.target, before.quantity, given.quantity, given.actor
       FROM given LEFT JOIN before ON true
       WHERE before.quantity IS DISTINCT FROM given.quantity
       RETURNING from_quantity AS "from", to_quantity AS "to"`,
      [scope, target, quantity, actor],
    );
    return step ?? null;
  }

  /** Categories by id, then products by SKU, from behind the override at the cursor. */
  listOverrides(size: number, after?: BufferTarget): Promise<BufferEntity[]> {
    const query = this.#buffers
      .createQueryBuilder('buffer')
      .where("buffer.scope <> 'GLOBAL'")
      .orderBy('buffer.scope', 'ASC')
      .addOrderBy('buffer.target', 'ASC')
      .take(size);
    if (after) query.andWhere('(buffer.scope, buffer.target) > (:scope, :target)', after);
    return query.getMany();
  }

  countOverrides(): Promise<number> {
    return this.#buffers.createQueryBuilder('buffer').where("buffer.scope <> 'GLOBAL'").getCount();
  }

  /** Newest first, from behind the change at the cursor. */
  listChanges(size: number, after?: string): Promise<BufferChangeEntity[]> {
    const query = this.#changes.createQueryBuilder('change').orderBy('change.id', 'DESC').take(size);
    if (after) query.where('change.id < :after::bigint', { after });
    return query.getMany();
  }

  countChanges(): Promise<number> {
    return this.#changes.count();
  }
}
