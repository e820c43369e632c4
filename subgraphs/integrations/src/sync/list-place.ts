import { decodeCursor } from '@gastronom/shared/cursor';
import { DomainError } from '@gastronom/shared/domain-error';
import { isUUID } from '@gastronom/shared/uuid';
import type { RunPlace } from './sync-run.repository.ts';

const bad = () =>
  new DomainError('BAD_CURSOR', 'This `after` is not a cursor that this list gave out. Start without it.');

/** The run that a cursor points behind. One that was made up is refused before PostgreSQL sees it. */
export function readRunPlace(after: string, sort: string): RunPlace {
  const [startedAt, id] = decodeCursor(after, sort, 2);
  if (typeof startedAt !== 'string' || typeof id !== 'string' || !isUUID(id)) throw bad();
  const moment = new Date(startedAt);
  if (Number.isNaN(moment.getTime()) || moment.toISOString() !== startedAt) throw bad();
  return { startedAt, id };
}

/** The rejected row that a cursor points behind. */
export function readRowPlace(after: string, sort: string): string {
  const [id] = decodeCursor(after, sort, 1);
  if (typeof id !== 'string' || !/^\d{1,18}$/.test(id)) throw bad();
  return id;
}
