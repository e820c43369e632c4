import { createHash } from 'node:crypto';
import { inTransaction } from '@gastronom/shared/database/transaction';
import type { IntegrationsContext } from '../context.ts';
import type { ImageEntity } from './image.entity.ts';
import { ImageRepository, type NewImage } from './image.repository.ts';
import { plainKey } from './image-variants.ts';
import { keyOf, originalKey, together } from './images.ts';
import { makeImageVariants } from './make-image-variants.job.ts';
import { readPicture } from './picture.ts';

export interface StoredImage extends NewImage {
  /** Whether it was not there before. */
  readonly isNew: boolean;
}

export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A picture that can be shown: its row is there, and so are its files. A storage may have been lost. */
export async function findStored(
  { manager, images }: IntegrationsContext,
  sha256: string,
): Promise<ImageEntity | null> {
  const image = await new ImageRepository(manager).find(sha256);
  if (!image) return null;
  const [hasOriginal, hasPlain] = await Promise.all([
    images.storage.has(originalKey(sha256)),
    images.storage.has(plainKey(image)),
  ]);
  return hasOriginal && hasPlain ? image : null;
}

/** What the servers of pictures ask, again and again: rows never change, so that a known one is not read again. */
export async function findImage({ manager, images }: IntegrationsContext, sha256: string): Promise<ImageEntity | null> {
  const known = images.known.get(sha256);
  if (known) return known;
  const image = await new ImageRepository(manager).find(sha256);
  if (image) images.known.set(sha256, image);
  return image;
}

/**
 * The files first, then the row with the job that makes variants of them: should the process die between, nothing names
 * the files, and the next who sends the picture writes the same ones.
 */
async function store(context: IntegrationsContext, sha256: string, bytes: Buffer): Promise<StoredImage> {
  const { images, manager, jobs, logger } = context;
  const { plain, ...picture } = await images.gate.run(() => readPicture(bytes, images.settings, logger));
  const image = { sha256, size: bytes.length, ...picture };
  await Promise.all([
    images.storage.put(originalKey(sha256), bytes, 'application/octet-stream'),
    images.storage.put(keyOf(sha256, `plain.${picture.plainType}`), plain, `image/${picture.plainType}`),
  ]);
  const isNew = await inTransaction(manager, async (transaction) => {
    const isFirst = await new ImageRepository(transaction).insert(image);
    if (isFirst) await jobs.send(transaction, makeImageVariants, { sha256 });
    return isFirst;
  });
  return { ...image, isNew };
}

/** Keeps a picture, once however often it comes. What is no picture, or too large, is a DomainError that says so. */
export async function storeImage(context: IntegrationsContext, bytes: Buffer): Promise<StoredImage> {
  const sha256 = hashOf(bytes);
  const { value, isFirst } = await together(context.images, `store ${sha256}`, async () => {
    const stored = await findStored(context, sha256);
    return stored ? { ...stored, isNew: false } : store(context, sha256, bytes);
  });
  return isFirst ? value : { ...value, isNew: false };
}
