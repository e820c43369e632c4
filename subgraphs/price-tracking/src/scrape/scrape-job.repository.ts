import { selectRows } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { ScrapeJobEntity, type ScrapeStatusName } from './scrape-job.entity.ts';

export type NewScrapeJob = Pick<ScrapeJobEntity, 'ownerId' | 'url' | 'pages'>;

/** What one page of a list came to. */
export interface ScrapedPage {
  readonly found: number;
  readonly created: number;
  readonly nextUrl: string | null;
}

export interface ScrapeSearch {
  readonly ownerId: string;
  readonly status: ScrapeStatusName | null;
}

export class ScrapeJobRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Whosever they are. */
  byIds(ids: readonly string[]): Promise<ScrapeJobEntity[]> {
    return selectRows(this.#manager, ScrapeJobEntity, 'WHERE id = ANY($1::uuid[])', [ids]);
  }

  /** Newest first. */
  list(
    { ownerId, status }: ScrapeSearch,
    size: number,
    after?: { readonly moment: string; readonly id: string },
  ): Promise<ScrapeJobEntity[]> {
    return selectRows(
      this.#manager,
      ScrapeJobEntity,
      `WHERE owner_id = $1 AND ($2::text IS NULL OR status = $2)
         AND ($3::timestamptz IS NULL OR (created_at, id) < ($3::timestamptz, $4::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $5`,
      [ownerId, status, after?.moment ?? null, after?.id ?? null, size],
    );
  }

  async count({ ownerId, status }: ScrapeSearch): Promise<number> {
    const [{ count }] = await this.#manager.query(
      'SELECT count(*)::int FROM scrape_jobs WHERE owner_id = $1 AND ($2::text IS NULL OR status = $2)',
      [ownerId, status],
    );
    return count;
  }

  /** The job of the owner that reads the list now or will. */
  async findOpen(ownerId: string, url: string): Promise<ScrapeJobEntity | null> {
    const [job = null] = await selectRows(
      this.#manager,
      ScrapeJobEntity,
      "WHERE owner_id = $1 AND url = $2 AND status IN ('QUEUED', 'RUNNING')",
      [ownerId, url],
    );
    return job;
  }

  async countOpen(ownerId: string): Promise<number> {
    const [{ count }] = await this.#manager.query(
      "SELECT count(*)::int FROM scrape_jobs WHERE owner_id = $1 AND status IN ('QUEUED', 'RUNNING')",
      [ownerId],
    );
    return count;
  }

  /** Null where another job of the owner reads the list already. */
  async insert({ ownerId, url, pages }: NewScrapeJob, at: Date): Promise<ScrapeJobEntity | null> {
    const inserted: { id: string }[] = await this.#manager.query(
      `INSERT INTO scrape_jobs (owner_id, url, pages, next_url, created_at, moved_at) VALUES ($1, $2, $3, $2, $4, $4)
       ON CONFLICT (owner_id, url) WHERE status IN ('QUEUED', 'RUNNING') DO NOTHING RETURNING id`,
      [ownerId, url, pages, at],
    );
    const [job = null] = await this.byIds(inserted.map(({ id }) => id));
    return job;
  }

  /** Jobs that got no further since a moment have lost who did them: those of an owner, or everybody's. */
  async giveUp(ownerId: string | null, since: Date, at: Date): Promise<void> {
    await this.#manager.query(
      `UPDATE scrape_jobs SET status = 'FAILED', error_code = 'LOST', error = 'It got no further.', finished_at = $3
       WHERE ($1::uuid IS NULL OR owner_id = $1) AND status IN ('QUEUED', 'RUNNING') AND moved_at < $2`,
      [ownerId, since, at],
    );
  }

  async deleteFinishedBefore(moment: Date): Promise<void> {
    await this.#manager.query('DELETE FROM scrape_jobs WHERE finished_at < $1', [moment]);
  }

  /** Null for a job that is finished. */
  async begin(id: string, at: Date): Promise<ScrapeJobEntity | null> {
    await this.#manager.query(
      `UPDATE scrape_jobs SET status = 'RUNNING', started_at = coalesce(started_at, $2), moved_at = $2
       WHERE id = $1 AND status IN ('QUEUED', 'RUNNING')`,
      [id, at],
    );
    const [job] = await this.byIds([id]);
    return job?.status === 'RUNNING' ? job : null;
  }

  /** Locked, if it still is where its worker believes it to be. */
  async lockAt(id: string, pagesRead: number): Promise<boolean> {
    const rows: unknown[] = await this.#manager.query(
      "SELECT FROM scrape_jobs WHERE id = $1 AND pages_read = $2 AND status = 'RUNNING' FOR NO KEY UPDATE",
      [id, pagesRead],
    );
    return rows.length === 1;
  }

  /** @returns the job as it is then. */
  async addPage(id: string, { found, created, nextUrl }: ScrapedPage, at: Date): Promise<ScrapeJobEntity> {
    await this.#manager.query(
      `UPDATE scrape_jobs SET pages_read = pages_read + 1, items_found = items_found + $2, next_url = $4,
         items_created = items_created + $3, items_updated = items_updated + $2 - $3, moved_at = $5 WHERE id = $1`,
      [id, found, created, nextUrl, at],
    );
    return this.#manager.findOneByOrFail(ScrapeJobEntity, { id });
  }

  /** One that is finished stays as it is. */
  async finish(id: string, failure: { code: string; reason: string } | null, at: Date): Promise<void> {
    await this.#manager.query(
      `UPDATE scrape_jobs SET status = $2, error_code = $3, error = $4, finished_at = $5, moved_at = $5
       WHERE id = $1 AND status IN ('QUEUED', 'RUNNING')`,
      [id, failure ? 'FAILED' : 'DONE', failure?.code ?? null, failure?.reason ?? null, at],
    );
  }
}
