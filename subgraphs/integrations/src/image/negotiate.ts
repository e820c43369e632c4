import { variantTypes } from './image-variants.ts';
import type { VariantType } from './picture.ts';

/** How much a client wants a type, by its `Accept` header; 0 where it does not name it. */
function wish(accept: string, type: string): number {
  for (const range of accept.toLowerCase().split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim());
    if (name !== type) continue;
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return quality === undefined ? 1 : Number(quality.slice(2)) || 0;
  }
  return 0;
}

/**
 * The best type that a client names; undefined for one that names none of them, as everybody shows plain JPEG and PNG.
 * A wildcard is no sign that it shows AVIF.
 */
export function negotiateType(accept: string | undefined): VariantType | undefined {
  const wishes = variantTypes.map((type) => ({ type, wish: wish(accept ?? '', `image/${type}`) }));
  const [best] = wishes.filter((one) => one.wish > 0).toSorted((a, b) => b.wish - a.wish);
  return best?.type;
}
