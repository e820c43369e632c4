import type { EntityManager } from 'typeorm';
import { ImageEntity } from './image.entity.ts';

export type NewImage = Omit<ImageEntity, 'createdAt' | 'variantsMadeAt'>;

export class ImageRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  find(sha256: string): Promise<ImageEntity | null> {
    return this.#manager.findOneBy(ImageEntity, { sha256 });
  }

  /** Those of the hashes that are stored. */
  async listKnown(hashes: readonly string[]): Promise<ReadonlySet<string>> {
    if (hashes.length === 0) return new Set();
    const rows: { sha256: string }[] = await this.#manager.query(
      'SELECT sha256 FROM images WHERE sha256 = ANY ($1::text[])',
      [hashes],
    );
    return new Set(rows.map(({ sha256 }) => sha256));
  }

  /** @returns whether it was not there yet. */
  async insert({ sha256, type, width, height, size, plainType }: NewImage): Promise<boolean> {
    const made: unknown[] = await this.#manager.query(
      `INSERT INTO images (sha256, type, width, height, size, plain_type) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (sha256) DO NOTHING RETURNING sha256`,
      [sha256, type, width, height, size, plainType],
    );
    return made.length > 0;
  }

  async updateVariantsMade(sha256: string): Promise<void> {
    await this.#manager.query('UPDATE images SET variants_made_at = now() WHERE sha256 = $1', [sha256]);
  }
}
