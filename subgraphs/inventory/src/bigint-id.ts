import { decodeCursor } from '@gastronom/shared/cursor';
import { DomainError } from '@gastronom/shared/domain-error';

/** Whether an id that a client sent can be compared with a bigint column at all. */
export const isBigintId = (text: string): boolean => /^\d{1,18}$/.test(text);

/** The id that a cursor points behind, for lists that go by id alone. */
export function decodeIdCursor(after: string | null | undefined, sort: string): string | undefined {
  if (!after) return undefined;
  const [id] = decodeCursor(after, sort, 1);
  if (typeof id === 'string' && isBigintId(id)) return id;
  throw new DomainError('BAD_CURSOR', 'This `after` is not a cursor that this API gave out. Start again without it.');
}
