import { readCategoryPath } from './category-path.ts';
import type { Duplicates } from './duplicates.ts';
import { FieldReader } from './field-reader.ts';
import type { RowError } from './row-error.ts';

/** A group of goods as a client sends it. */
export interface CategoryFields {
  readonly path: readonly string[];
  readonly externalId?: string | null;
  readonly sortOrder?: number | null;
}

/** A group of goods as the catalogue takes it. */
export interface CategoryRow {
  readonly index: number;
  readonly path: string[];
  externalId?: string | null;
  sortOrder?: number | null;
}

export interface ReadCategory {
  readonly row: CategoryRow;
  readonly errors: readonly RowError[];
}

/** Reads one group. It matches by 1C's id of it, and by its path where it has none. */
export function readCategory(item: CategoryFields, index: number, duplicates: Duplicates): ReadCategory {
  const reader = new FieldReader();
  const path = readCategoryPath(reader, 'path', item.path) ?? [];
  if (path.length === 0 && reader.errors.length === 0)
    reader.fail(
      'MISSING_NAME',
      'path',
      'A category has a path: its name, and the names of those above it, root first.',
    );
  const externalId = reader.text('externalId', item.externalId, { kind: 'code', longest: 100 });
  if (externalId) duplicates.check(reader, index, 'externalId', externalId);
  else if (path.length > 0) duplicates.check(reader, index, 'path', path.join('\n'));
  const row: CategoryRow = { index, path };
  if (externalId !== undefined) row.externalId = externalId;
  if (item.sortOrder !== undefined) row.sortOrder = item.sortOrder;
  return { row, errors: reader.errors };
}
