import type { MigrationInterface, QueryRunner } from 'typeorm';

const jobs = `
  CREATE TABLE scrape_jobs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    owner_id uuid NOT NULL,
    -- Normalised: the first page of the list.
    url text NOT NULL,
    -- How many pages of the list are read at most.
    pages int NOT NULL CHECK (pages BETWEEN 1 AND 50),
    status text NOT NULL DEFAULT 'QUEUED' CHECK (status IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED')),
    -- Where the list goes on: what was read is not read again when the job is taken up anew. Null at its end.
    next_url text,
    pages_read int NOT NULL DEFAULT 0,
    items_found int NOT NULL DEFAULT 0,
    items_created int NOT NULL DEFAULT 0,
    items_updated int NOT NULL DEFAULT 0,
    error_code text,
    error text,
    created_at timestamptz(3) NOT NULL,
    started_at timestamptz(3),
    -- When it last got further: one that no longer does is nobody's.
    moved_at timestamptz(3) NOT NULL,
    finished_at timestamptz(3),
    CHECK ((finished_at IS NOT NULL) = (status IN ('DONE', 'FAILED'))),
    CHECK ((error IS NOT NULL) = (status = 'FAILED'))
  );
  CREATE UNIQUE INDEX scrape_jobs_running ON scrape_jobs (owner_id, url) WHERE status IN ('QUEUED', 'RUNNING');
  CREATE INDEX scrape_jobs_owner ON scrape_jobs (owner_id, created_at DESC, id DESC);`;

export class ScrapeJobs1763683461500 implements MigrationInterface {
  name = 'ScrapeJobs1763683461500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(jobs);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
