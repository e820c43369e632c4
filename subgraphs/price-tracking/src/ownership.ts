import { DomainError } from '@gastronom/shared/domain-error';
import type { Viewer } from '@gastronom/shared/viewer';

/** What belongs to one user. */
export interface Owned {
  readonly ownerId: string;
}

/** Whether a row is the viewer’s own. An admin and the product itself see everybody’s. */
export const ownsRow = (viewer: Viewer, { ownerId }: Owned): boolean =>
  viewer.kind === 'internal' || (viewer.kind === 'user' && (viewer.role === 'ADMIN' || viewer.userId === ownerId));

/** Whose rows a person writes and lists: their own. */
export function ownerOf(viewer: Viewer): string {
  if (viewer.kind === 'user') return viewer.userId;
  throw new DomainError('FORBIDDEN', 'Prices are tracked by people: sign in as one.');
}
