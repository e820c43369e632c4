import type { EntityManager } from 'typeorm';
import type { FoundPage } from './found-page.ts';

export class FoundPagesRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** What was found since then; null where that was not searched for. */
  async findSince(query: string, page: number, since: Date): Promise<readonly FoundPage[] | null> {
    const rows: { results: FoundPage[] }[] = await this.#manager.query(
      'SELECT results FROM found_pages WHERE query = $1 AND page = $2 AND found_at > $3',
      [query, page, since],
    );
    return rows[0]?.results ?? null;
  }

  /** What is older than the moment given goes, a few at a time. */
  async keep(query: string, page: number, results: readonly FoundPage[], at: Date, forgetBefore: Date): Promise<void> {
    await this.#manager.query(
      `DELETE FROM found_pages WHERE ctid = ANY(ARRAY(
         SELECT ctid FROM found_pages WHERE found_at < $1 ORDER BY found_at LIMIT 10 FOR UPDATE SKIP LOCKED))`,
      [forgetBefore],
    );
    await this.#manager.query(
      `INSERT INTO found_pages (query, page, results, found_at) VALUES ($1, $2, $3::jsonb, $4)
       ON CONFLICT (query, page) DO UPDATE SET results = excluded.results, found_at = excluded.found_at`,
      [query, page, JSON.stringify(results), at],
    );
  }
}
