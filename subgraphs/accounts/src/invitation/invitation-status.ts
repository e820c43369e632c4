import type { InvitationEntity, InvitationStatus } from './invitation.entity.ts';

/** How long an invitation can be answered; Clerk is told so, and tells nobody when it is over. */
export const invitationDays = 30;

const lifeMs = invitationDays * 24 * 60 * 60_000;

/** What became of an invitation by now: nobody writes down that its time ran out. */
export function statusOf({ status, createdAt }: Pick<InvitationEntity, 'status' | 'createdAt'>): InvitationStatus {
  return status === 'PENDING' && createdAt.getTime() + lifeMs < Date.now() ? 'EXPIRED' : status;
}
