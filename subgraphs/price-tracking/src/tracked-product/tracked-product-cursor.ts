import { decodeCursor, decodeMomentCursor, encodeCursor, foreignCursor } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { isStorable } from '@gastronom/shared/storable-text';
import { lastCurrency, type SortedProduct, type SortName, type SortPlace } from './tracked-product-list.repository.ts';

const isText = (value: unknown): value is string => typeof value === 'string' && isStorable(value);

const patterns: Readonly<Record<Exclude<SortName, 'NEWEST'>, readonly ((value: string) => boolean)[]>> = {
  NAME: [() => true, isUUID],
  PRICE: [
    (currency) => currency === lastCurrency || /^[A-Z]{3}$/.test(currency),
    (price) => /^\d{1,14}(\.\d{1,4})?$/.test(price),
    isUUID,
  ],
};

/** The place that a cursor points behind; undefined without one. */
export function decodePlace(after: string | null | undefined, sort: SortName, list: string): SortPlace | undefined {
  if (!after) return undefined;
  if (sort === 'NEWEST') {
    const place = decodeMomentCursor(after, list);
    return place && [place.moment, place.id];
  }
  const values = decodeCursor(after, list, patterns[sort].length);
  const isOurs = values.every((value, index) => isText(value) && patterns[sort][index]?.(value));
  if (isOurs) return values as string[];
  throw foreignCursor();
}

export function encodePlace(row: SortedProduct, sort: SortName, list: string): string {
  const { id, name, createdAt, pageCurrency, pagePrice } = row;
  if (sort === 'NEWEST') return encodeCursor(list, [createdAt.toISOString(), id]);
  return encodeCursor(list, sort === 'NAME' ? [name, id] : [pageCurrency ?? lastCurrency, pagePrice ?? '0', id]);
}
