import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { CategoryPathRepository, pathHash, type WrittenCategory } from './category-path.repository.ts';
import type { CategoryRow } from './category-sync.inputs.ts';
import { applyCategoryRows, type CategoryResult } from './category-sync.ts';
import { CategoryTree, type TreeNode, wayTo } from './category-tree.ts';

type Path = readonly string[];

/** Keeps the tree. Its callers hold the lock of syncs, so that no one else makes the same category meanwhile. */
export class CategoryService {
  readonly #paths: CategoryPathRepository;

  constructor(manager: EntityManager) {
    this.#paths = new CategoryPathRepository(manager);
  }

  /** Finds the categories of the paths (names from the root), or makes them; one statement for each missing level. */
  async ensurePaths(paths: readonly Path[]): Promise<(path: Path) => string | null> {
    const wanted = new Map(paths.map((path) => [pathHash(path), path]));
    const ids = new Map<string, string>();
    if (wanted.size > 0) await this.#find([...wanted.keys()], ids);
    const missing = [...wanted].filter(([hash]) => !ids.has(hash)).map(([, path]) => path);
    if (missing.length > 0) await this.#make(missing, ids);
    return (path) => (path.length === 0 ? null : (ids.get(pathHash(path)) ?? null));
  }

  /** Brings the tree to what 1C says; also tells whose path of names is another now. */
  async apply(rows: readonly CategoryRow[]): Promise<{ results: CategoryResult[]; renamedIds: string[] }> {
    const stored = await this.#paths.listAll();
    const tree = new CategoryTree(stored, randomUUID);
    const before = new Map(stored.map((category) => [category.id, category]));
    const results = applyCategoryRows(tree, rows);
    const after = Array.from(tree.nodes, written);
    const changed = after.filter(({ id, path_hash, external_id, sort_order }) => {
      const former = before.get(id);
      return former?.pathHash !== path_hash || former.externalId !== external_id || former.sortOrder !== sort_order;
    });
    if (changed.length > 0) await this.#paths.upsert(changed);
    const renamed = changed.filter(({ id, path_hash }) => before.has(id) && before.get(id)?.pathHash !== path_hash);
    return { results, renamedIds: renamed.map(({ id }) => id) };
  }

  async #find(hashes: readonly string[], ids: Map<string, string>): Promise<void> {
    for (const { id, hash } of await this.#paths.listByHash(hashes)) ids.set(hash, id);
  }

  async #make(paths: readonly Path[], ids: Map<string, string>): Promise<void> {
    const prefixes = new Map<string, Path>();
    for (const path of paths) {
      for (let depth = 1; depth <= path.length; depth += 1) {
        const prefix = path.slice(0, depth);
        prefixes.set(pathHash(prefix), prefix);
      }
    }
    await this.#find([...prefixes.keys()], ids);
    const levels = Map.groupBy(
      [...prefixes].filter(([hash]) => !ids.has(hash)),
      ([, path]) => path.length,
    );
    for (const [, level] of [...levels].toSorted(([a], [b]) => a - b)) {
      const made = level.map(([hash, path]) => {
        const parent = path.slice(0, -1);
        return { name: path.at(-1) ?? '', hash, parentHash: parent.length > 0 ? pathHash(parent) : null };
      });
      for (const { id, hash } of await this.#paths.insert(made)) ids.set(hash, id);
    }
  }
}

function written(node: TreeNode): WrittenCategory {
  const way = wayTo(node);
  const names = way.map(({ name }) => name);
  return {
    id: node.id,
    parent_id: node.parent?.id ?? null,
    name: node.name,
    external_id: node.externalId,
    sort_order: node.sortOrder,
    path_ids: way.map(({ id }) => id).toReversed(),
    path_names: names,
    path_hash: pathHash(names),
  };
}
