import type { Viewer } from '@gastronom/shared/viewer';
import { LRUCache } from 'lru-cache';

/** A look-up's answer; null where the caller is refused. */
type Found = Promise<Viewer | null>;

/**
 * Who callers were found to be, for a short while. What is remembered of one owner, as each session of a person, can be
 * forgotten at once.
 */
export class RememberedViewers {
  readonly #keysOf = new Map<string, Set<string>>();
  readonly #found: LRUCache<string, { readonly owner: string; readonly viewer: Found }>;

  constructor(freshForMs: number) {
    this.#found = new LRUCache({
      max: 10_000,
      ttl: freshForMs,
      dispose: ({ owner }, key, reason) => {
        if (reason === 'set') return;
        const keys = this.#keysOf.get(owner);
        keys?.delete(key);
        if (keys?.size === 0) this.#keysOf.delete(owner);
      },
    });
  }

  /** One look-up in flight for each key; one that fails is not remembered. */
  get(owner: string, key: string, find: () => Found): Found {
    const known = this.#found.get(key);
    if (known) return known.viewer;
    const entry = { owner, viewer: find() };
    this.#found.set(key, entry);
    this.#keysOf.set(owner, (this.#keysOf.get(owner) ?? new Set()).add(key));
    entry.viewer.catch(() => {
      if (this.#found.peek(key) === entry) this.#found.delete(key);
    });
    return entry.viewer;
  }

  /** What is being looked up at this moment as well: it may have been read before the change. */
  forget(owner: string): void {
    for (const key of [...(this.#keysOf.get(owner) ?? [])]) this.#found.delete(key);
  }
}
