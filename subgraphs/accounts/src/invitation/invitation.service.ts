import { isUUID } from '@gastronom/shared/id';
import type { MembershipRole } from '@gastronom/shared/viewer';
import { z } from 'zod';
import { type Act, act } from '../act.ts';
import { MembershipRepository } from '../membership/membership.repository.ts';
import { lockManaged } from '../membership/organization-access.ts';
import type { OrganizationEntity } from '../organization/organization.entity.ts';
import type { ClerkActing } from '../organization/organization.service.ts';
import { RefusalError } from '../refusal-error.ts';
import type { UserEntity } from '../user/user.entity.ts';
import { UserRepository } from '../user/user.repository.ts';
import type { InvitationEntity } from './invitation.entity.ts';
import { InvitationRepository, type NewInvitation } from './invitation.repository.ts';
import { statusOf } from './invitation-status.ts';

export interface InviteRequest {
  readonly organizationId: string;
  readonly email: string;
  readonly role: MembershipRole;
}

const address = z.email().max(254);
const emailField = ['input', 'email'];

function emailOf(text: string): string {
  const email = address.safeParse(text.trim().toLowerCase());
  if (email.success) return email.data;
  throw new RefusalError('BAD_EMAIL', emailField, 'This is no e-mail address.');
}

const noSuchOrganization = (field: string[]) =>
  new RefusalError('NOT_FOUND', field, 'There is no such organization, or you do not belong to it.');
const noSuchInvitation = new RefusalError('NOT_FOUND', ['id'], 'There is no such invitation.');

/** The audit log keeps what it is told for ever: no address, then. */
const told = ({ organizationId, role, status }: InvitationEntity) => ({ organizationId, role, status });

async function refuseKnown(
  { manager }: Act,
  organization: OrganizationEntity,
  email: string,
): Promise<readonly UserEntity[]> {
  const people = await new UserRepository(manager).listByEmail(email);
  const memberships = new MembershipRepository(manager);
  for (const { id } of people) {
    if (await memberships.find(id, organization.id))
      throw new RefusalError('ALREADY_MEMBER', emailField, 'This person is a member already.');
  }
  const pending = await new InvitationRepository(manager).listPending(organization.id, email);
  if (pending.some((invitation) => statusOf(invitation) === 'PENDING')) {
    const message = 'This address was invited already: revoke that invitation first.';
    throw new RefusalError('ALREADY_INVITED', emailField, message);
  }
  return people;
}

/** Without Clerk nobody can be written to: a person who is known by the address joins at once, others cannot. */
async function joinAtOnce(
  { manager, concerns, audit }: Act,
  { organizationId, role }: NewInvitation,
  people: readonly UserEntity[],
): Promise<void> {
  const [person] = people;
  if (!person || people.length > 1) {
    const message = 'Without Clerk only one who has signed in here can be invited, by an address that nobody else has.';
    throw new RefusalError('CLERK_NOT_CONFIGURED', emailField, message);
  }
  const { id, userId } = await new MembershipRepository(manager).begin(person.id, organizationId, role);
  await audit({
    action: 'membership.begin',
    subject: { type: 'Membership', id },
    after: { userId, organizationId, role },
  });
  concerns(person.clerkUserId);
}

/** Clerk takes an ADMIN of the organisation as the one who invites, and nobody else; nobody at all is taken as well. */
async function inviterAtClerk({ manager }: Act, inviter: UserEntity | null, organizationId: string) {
  const own = inviter && (await new MembershipRepository(manager).find(inviter.id, organizationId));
  return own?.role === 'ADMIN' ? inviter?.clerkUserId : undefined;
}

/** Invites a person into an organisation: Clerk writes to them, and tells us when they accept. */
export function inviteMember(acting: ClerkActing, request: InviteRequest): Promise<InvitationEntity> {
  const email = emailOf(request.email);
  return act(acting, async (one) => {
    const { manager, audit } = one;
    const { viewer } = acting;
    const refusal = noSuchOrganization(['input', 'organizationId']);
    const organization = await lockManaged(manager, viewer, request.organizationId, refusal);
    const people = await refuseKnown(one, organization, email);
    const inviter = viewer.kind === 'user' ? await new UserRepository(manager).findById(viewer.userId) : null;
    const { id: organizationId, clerkOrganizationId } = organization;
    const asked = { organizationId, email, role: request.role, invitedByUserId: inviter?.id ?? null };
    const atClerk = clerkOrganizationId
      ? await acting.clerk?.invite(
          clerkOrganizationId,
          email,
          request.role,
          await inviterAtClerk(one, inviter, organizationId),
        )
      : undefined;
    const invitation: NewInvitation = { ...asked, ...atClerk, status: atClerk ? 'PENDING' : 'ACCEPTED' };
    if (!atClerk) await joinAtOnce(one, invitation, people);
    const made = await new InvitationRepository(manager).insert(invitation);
    await audit({ action: 'invitation.create', subject: { type: 'Invitation', id: made.id }, after: told(made) });
    return made;
  });
}

/** Takes an invitation back before it is answered. Again is no error. */
export function revokeInvitation(acting: ClerkActing, id: string): Promise<InvitationEntity> {
  return act(acting, async ({ manager, audit }) => {
    const invitations = new InvitationRepository(manager);
    const seen = isUUID(id) ? await invitations.findById(id) : null;
    if (!seen) throw noSuchInvitation;
    const { clerkOrganizationId } = await lockManaged(manager, acting.viewer, seen.organizationId, noSuchInvitation);
    // Again, now that nobody else of us can change it.
    const before = (await invitations.findById(id)) ?? seen;
    const status = statusOf(before);
    if (status === 'REVOKED') return before;
    if (status !== 'PENDING')
      throw new RefusalError('NOT_PENDING', ['id'], 'The invitation was answered already, or is too old.');
    if (clerkOrganizationId && before.clerkInvitationId)
      await acting.clerk?.revokeInvitation(clerkOrganizationId, before.clerkInvitationId);
    const after = await invitations.setStatus(before, 'REVOKED', new Date());
    const subject = { type: 'Invitation', id };
    await audit({ action: 'invitation.revoke', subject, before: told(before), after: told(after) });
    return after;
  });
}
