import type { MigrationInterface, QueryRunner } from 'typeorm';

const foundPages = `
  -- What a search engine answered, for all who search for the same: it may be lost in a crash.
  CREATE UNLOGGED TABLE found_pages (
    -- In lower case, with single spaces.
    query text NOT NULL,
    page int NOT NULL CHECK (page > 0),
    -- [{ url, host, title, snippet, imageUrl }, …] in the engine's order.
    results jsonb NOT NULL,
    found_at timestamptz(3) NOT NULL,
    PRIMARY KEY (query, page)
  );
  CREATE INDEX found_pages_age ON found_pages (found_at);`;

export class FoundPages1763683461100 implements MigrationInterface {
  name = 'FoundPages1763683461100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(foundPages);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
