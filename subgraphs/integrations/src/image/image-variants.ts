import { DomainError } from '@gastronom/shared/domain-error';
import type { IntegrationsContext } from '../context.ts';
import type { ImageEntity } from './image.entity.ts';
import { keyOf, originalKey, together } from './images.ts';
import { makeVariant, type VariantType } from './picture.ts';

export interface Variant {
  readonly width: number;
  readonly type: VariantType;
}

export const variantTypes: readonly VariantType[] = ['avif', 'webp'];

/** A width wider than the picture stands for its own: it is not made larger, and not made twice. */
export const ownWidth = ({ width }: ImageEntity, wanted: number): number => Math.min(width, wanted);

/** All variants that a picture should have. */
export const variantsOf = (image: ImageEntity, widths: readonly number[]): Variant[] =>
  [...new Set(widths.map((width) => ownWidth(image, width)))].flatMap((width) =>
    variantTypes.map((type) => ({ width, type })),
  );

export const plainKey = ({ sha256, plainType }: ImageEntity): string => keyOf(sha256, `plain.${plainType}`);
export const variantKey = ({ sha256 }: ImageEntity, { width, type }: Variant): string =>
  keyOf(sha256, `${width}.${type}`);

const gone = () =>
  new DomainError('NOT_FOUND', 'The picture was stored, but its file is gone from the storage. Send it again.');

/** A file that is stored, from memory if it was served lately. */
export async function readFile({ images }: IntegrationsContext, key: string): Promise<Buffer | null> {
  const known = images.served.get(key);
  if (known) return known;
  const bytes = await images.storage.get(key);
  if (bytes) images.served.set(key, bytes);
  return bytes;
}

export async function readPlain(context: IntegrationsContext, image: ImageEntity): Promise<Buffer> {
  const bytes = await readFile(context, plainKey(image));
  if (bytes) return bytes;
  throw gone();
}

/** Makes a variant that is not there yet, once for all who want it. */
export async function ensureVariant(
  context: IntegrationsContext,
  image: ImageEntity,
  variant: Variant,
): Promise<Buffer> {
  const { images, logger } = context;
  const key = variantKey(image, variant);
  const { value } = await together(images, key, () =>
    images.gate.run(async () => {
      const original = await images.storage.get(originalKey(image.sha256));
      if (!original) throw gone();
      const bytes = await makeVariant(original, variant, images.settings.pixelLimit, logger);
      await images.storage.put(key, bytes, `image/${variant.type}`);
      return bytes;
    }),
  );
  return value;
}

/** A variant, made now if nobody made it before. */
export async function readVariant(context: IntegrationsContext, image: ImageEntity, variant: Variant): Promise<Buffer> {
  return (await readFile(context, variantKey(image, variant))) ?? ensureVariant(context, image, variant);
}
