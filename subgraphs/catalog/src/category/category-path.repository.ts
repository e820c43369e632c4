import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';

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
}
