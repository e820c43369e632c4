import { DomainError } from './domain-error.ts';
import { isBigintId, isUUID } from './id.ts';
import { isStorable } from './storable-text.ts';

export type CursorValue = string | number | boolean | null;

/** An opaque place in a list: the sort it belongs to, and the sort's values in the row it points behind. */
export const encodeCursor = (sort: string, values: readonly CursorValue[]): string =>
  Buffer.from(JSON.stringify([sort, ...values])).toString('base64url');

const bad = (why: string) =>
  new DomainError('BAD_CURSOR', `This \`after\` cannot be used here: ${why}. Start again without it.`);

/** Refuses a cursor whose values cannot be those of its list: it was made up. */
export const foreignCursor = (): DomainError => bad('it is not a cursor that this API gave out');

/** Reads a cursor back. One of another sort, cut or made up, is refused with BAD_CURSOR. */
export function decodeCursor(cursor: string, sort: string, length: number): CursorValue[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw foreignCursor();
  }
  if (!Array.isArray(parsed)) throw foreignCursor();
  const [itsSort, ...values] = parsed as [unknown, ...CursorValue[]];
  if (itsSort !== sort) throw bad('it belongs to another sort or filter');
  const plain = values.every((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value));
  if (values.length !== length || !plain) throw foreignCursor();
  return values;
}

/** The id that a cursor points behind, for lists by a bigint id alone; undefined without a cursor. */
export function decodeIdCursor(after: string | null | undefined, sort: string): string | undefined {
  if (!after) return undefined;
  const [id] = decodeCursor(after, sort, 1);
  if (typeof id === 'string' && isBigintId(id)) return id;
  throw foreignCursor();
}

/** The moment and uuid that a cursor points behind, for lists by time; undefined without a cursor. */
export function decodeMomentCursor(
  after: string | null | undefined,
  sort: string,
): { moment: string; id: string } | undefined {
  if (!after) return undefined;
  const [moment, id] = decodeCursor(after, sort, 2);
  if (typeof moment !== 'string' || typeof id !== 'string' || !isUUID(id)) throw foreignCursor();
  const parsed = new Date(moment);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString() !== moment) throw foreignCursor();
  return { moment, id };
}

/** The name and uuid that a cursor points behind, for lists by name; undefined without a cursor. */
export function decodeNameCursor(
  after: string | null | undefined,
  sort: string,
): { name: string; id: string } | undefined {
  if (!after) return undefined;
  const [name, id] = decodeCursor(after, sort, 2);
  if (typeof name === 'string' && isStorable(name) && typeof id === 'string' && isUUID(id)) return { name, id };
  throw foreignCursor();
}

export const largestPage = 100;

/** How many rows a page takes. More than a hundred, or fewer than none, is refused. */
export function pageSize(first: number | null | undefined, fallback = 20): number {
  const size = first ?? fallback;
  if (size >= 0 && size <= largestPage) return size;
  throw new DomainError(
    'BAD_USER_INPUT',
    `\`first\` takes 0 to ${largestPage}: ${size} is not. Read on with \`after\`.`,
  );
}

/** A page of rows; one row more than asked for tells whether there is a next page. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
}

export const toPage = <Row>(rows: readonly Row[], size: number): Page<Row> => ({
  rows: rows.slice(0, size),
  hasNextPage: rows.length > size,
});
