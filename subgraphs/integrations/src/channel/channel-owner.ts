import type { Viewer } from '@gastronom/shared/viewer';

/** Whose channels a viewer sees and changes: it goes into every query. */
export interface ChannelAccess {
  readonly userId: string | null;
  /** The organisation that they act for, where they may do what is asked. */
  readonly organizationId: string | null;
}

/** Members see their organisation's channels; its ADMINs alone change them. */
export function accessOf(viewer: Viewer, act: 'read' | 'change'): ChannelAccess {
  if (viewer.kind !== 'user') return { userId: null, organizationId: null };
  const { organization, userId } = viewer;
  const may = act === 'read' || organization?.role === 'ADMIN';
  return { userId, organizationId: may ? (organization?.id ?? null) : null };
}
