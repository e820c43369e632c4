import type { Viewer } from '@gastronom/shared/viewer';

/** Whose rows a viewer sees: all of them, those of a person, or none. It goes into queries. */
export interface Reader {
  readonly all: boolean;
  readonly userId: string | null;
}

/** Staff and parts of the product read everything; a person what is theirs; a machine and strangers nothing. */
export const readerOf = (viewer: Viewer): Reader => ({
  all: viewer.kind === 'internal' || (viewer.kind === 'user' && ['STAFF', 'ADMIN'].includes(viewer.role)),
  userId: viewer.kind === 'user' ? viewer.userId : null,
});

/** Whether the viewer may see all of a person: it is their own, or they are staff. */
export function isOwnOrStaff(viewer: Viewer, userId: string): boolean {
  const reader = readerOf(viewer);
  return reader.all || reader.userId === userId;
}
