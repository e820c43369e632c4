import { decodeCursor } from '@gastronom/shared/cursor';
import { DomainError } from '@gastronom/shared/domain-error';
import { isUUID } from '@gastronom/shared/id';
import { isStorable } from '@gastronom/shared/storable-text';

/** The name and id that a cursor points behind, for lists by name; undefined without a cursor. */
export function decodeNameCursor(
  after: string | null | undefined,
  sort: string,
): { name: string; id: string } | undefined {
  if (!after) return undefined;
  const [name, id] = decodeCursor(after, sort, 2);
  const isText = typeof name === 'string' && isStorable(name);
  if (isText && typeof id === 'string' && isUUID(id)) return { name, id };
  throw new DomainError('BAD_CURSOR', 'This `after` is not a cursor that this API gave out. Start again without it.');
}
