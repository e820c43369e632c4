import type { MigrationInterface, QueryRunner } from 'typeorm';

const images = `
  CREATE TABLE images (
    -- Of the bytes as they came: the same picture sent twice is one.
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    type text NOT NULL CHECK (type IN ('jpeg', 'png', 'webp', 'gif', 'avif', 'tiff')),
    -- As it is seen, turned the way its camera was held.
    width integer NOT NULL CHECK (width > 0),
    height integer NOT NULL CHECK (height > 0),
    size integer NOT NULL CHECK (size > 0),
    -- Of the form that every browser shows.
    plain_type text NOT NULL CHECK (plain_type IN ('jpeg', 'png')),
    created_at timestamptz NOT NULL DEFAULT now(),
    variants_made_at timestamptz
  );
`;

export class Images1763683400003 implements MigrationInterface {
  name = 'Images1763683400003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(images);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
