import { ImageRepository } from '../image/image.repository.ts';
import { hashesOf } from '../row/image-urls.ts';
import type { ReadProduct } from '../row/product-row.ts';
import { type RowError, rowError } from '../row/row-error.ts';
import type { Applied, BatchScope } from './sync-batch.service.ts';

const unknown = (hash: string): RowError =>
  rowError(
    'UNKNOWN_IMAGE',
    'imageUrls',
    `The picture sha256:${hash} was not sent yet. The goods are applied with its address: send it to /api/v1/integrations/images, and it shows.`,
  );

/**
 * Says which rows name pictures that nobody sent. Their goods are applied all the same, the address kept: a price is not
 * lost for a picture, and a picture that comes after its goods needs no second sync.
 */
export async function withUnknownImages(
  { manager }: BatchScope,
  reads: readonly ReadProduct[],
  applied: Applied,
): Promise<Applied> {
  const named = new Map(reads.map(({ row }) => [row.index, hashesOf(row.imageUrls)]));
  const hashes = [...new Set([...named.values()].flat())];
  if (hashes.length === 0) return applied;
  const known = await new ImageRepository(manager).listKnown(hashes);
  const missing = (index: number) => (named.get(index) ?? []).filter((hash) => !known.has(hash)).map(unknown);
  const answers = applied.answers.map((answer) => ({
    ...answer,
    errors: [...answer.errors, ...missing(answer.index)],
  }));
  return { ...applied, answers };
}
