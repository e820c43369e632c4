import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { StoredCategory } from './category-tree.ts';

export interface WrittenCategory {
  readonly id: string;
  readonly parent_id: string | null;
  readonly name: string;
  readonly external_id: string | null;
  readonly sort_order: number | null;
  readonly path_ids: readonly string[];
  readonly path_names: readonly string[];
  readonly path_hash: string;
}

export interface NewCategory {
  readonly name: string;
  readonly parentHash: string | null;
  readonly hash: string;
}

/** A path’s identity: its names, in an index entry of fixed size. */
export const pathHash = (names: readonly string[]): string =>
  createHash('md5').update(names.join('\u001f')).digest('hex');

/** Categories by their paths. */
export class CategoryPathRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  listByHash(hashes: readonly string[]): Promise<{ id: string; hash: string }[]> {
    return this.#manager.query('SELECT id, path_hash AS hash FROM categories WHERE path_hash = ANY($1::text[])', [
      hashes,
    ]);
  }

  /** Makes categories whose parents all exist. */
  insert(categories: readonly NewCategory[]): Promise<{ id: string; hash: string }[]> {
    return this.#manager.query(
      `INSERT INTO categories (id, parent_id, name, path_ids, path_names, path_hash)
       SELECT made.id, parent.id, made.name, ARRAY[made.id] || coalesce(parent.path_ids, '{}'),
         coalesce(parent.path_names, '{}') || made.name, made.hash
       FROM (
         SELECT gen_random_uuid() AS id, name, parent_hash, hash
         FROM json_to_recordset($1::json) AS r (name text, parent_hash text, hash text)
       ) AS made LEFT JOIN categories parent ON parent.path_hash = made.parent_hash
       RETURNING id, path_hash AS hash`,
      [JSON.stringify(categories.map(({ name, parentHash, hash }) => ({ name, parent_hash: parentHash, hash })))],
    );
  }

  listAll(): Promise<(StoredCategory & { readonly pathHash: string })[]> {
    return this.#manager.query(
      `SELECT id, parent_id AS "parentId", name, external_id AS "externalId", sort_order AS "sortOrder",
         path_hash AS "pathHash" FROM categories`,
    );
  }

  /** Makes or changes categories, whatever depends on what: constraints are looked at when all are written. */
  async upsert(categories: readonly WrittenCategory[]): Promise<void> {
    await this.#manager.query(
      `INSERT INTO categories AS c (id, parent_id, name, external_id, sort_order, path_ids, path_names, path_hash)
       SELECT * FROM json_to_recordset($1::json) AS r (id uuid, parent_id uuid, name text, external_id text,
         sort_order integer, path_ids uuid[], path_names text[], path_hash text)
       ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, name = excluded.name,
         external_id = excluded.external_id, sort_order = excluded.sort_order, path_ids = excluded.path_ids,
         path_names = excluded.path_names, path_hash = excluded.path_hash, updated_at = now()`,
      [JSON.stringify(categories)],
    );
  }
}
