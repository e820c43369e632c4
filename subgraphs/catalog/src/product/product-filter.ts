import { createHash } from 'node:crypto';
import { DomainError } from '@gastronom/shared/domain-error';
import { isUUID } from '@gastronom/shared/id';
import type { Viewer } from '@gastronom/shared/viewer';
import { readSearchText, type SearchText } from '../search/search-text.ts';

/** Which goods a list shows: a client's filter, checked and brought to one form. */
export interface ProductCriteria {
  readonly text: SearchText | null;
  readonly categoryId: string | null;
  readonly available: boolean | null;
  readonly minPrice: string | null;
  readonly maxPrice: string | null;
  readonly tag: string | null;
  readonly barcodes: readonly string[] | null;
  readonly includeHidden: boolean;
}

export interface ProductFilterValues {
  readonly text?: string | null;
  readonly categoryId?: string | null;
  readonly available?: boolean | null;
  readonly minPrice?: string | null;
  readonly maxPrice?: string | null;
  readonly tag?: string | null;
  readonly barcodes?: readonly string[] | null;
  readonly includeHidden?: boolean | null;
}

const mostBarcodes = 100;

/** Text that PostgreSQL can hold: NUL is in no value of ours. */
const storable = (text: string): string => text.replaceAll('\0', '');

const isStaff = (viewer: Viewer): boolean =>
  viewer.kind === 'internal' || (viewer.kind === 'user' && (viewer.role === 'STAFF' || viewer.role === 'ADMIN'));

/** Checks a filter. A category id that is no UUID is kept as one that no category has. */
export function readProductFilter(filter: ProductFilterValues | null | undefined, viewer: Viewer): ProductCriteria {
  const { categoryId, barcodes } = filter ?? {};
  if (filter?.includeHidden && !isStaff(viewer))
    throw new DomainError('FORBIDDEN', '`filter.includeHidden` needs the role STAFF or ADMIN.');
  if (barcodes && barcodes.length > mostBarcodes)
    throw new DomainError(
      'BAD_USER_INPUT',
      `\`filter.barcodes\` takes ${mostBarcodes}: ${barcodes.length} were given.`,
    );
  return {
    text: readSearchText(filter?.text),
    categoryId: categoryId ? (isUUID(categoryId) ? categoryId.toLowerCase() : nowhere) : null,
    available: filter?.available ?? null,
    minPrice: filter?.minPrice ?? null,
    maxPrice: filter?.maxPrice ?? null,
    tag: filter?.tag ? storable(filter.tag.trim()) : null,
    barcodes: barcodes ? barcodes.map((barcode) => storable(barcode.replace(/[\s-]/g, ''))) : null,
    includeHidden: filter?.includeHidden ?? false,
  };
}

const nowhere = '00000000-0000-0000-0000-000000000000';

/** A short name of the criteria, by which a cursor knows that it belongs to them. */
export const criteriaKey = (criteria: ProductCriteria): string =>
  createHash('sha256').update(JSON.stringify(criteria)).digest('base64url').slice(0, 12);
