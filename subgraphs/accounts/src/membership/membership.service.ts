import { isUUID } from '@gastronom/shared/id';
import type { MembershipRole } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { type Act, act } from '../act.ts';
import type { OrganizationEntity } from '../organization/organization.entity.ts';
import { OrganizationRepository } from '../organization/organization.repository.ts';
import { type ClerkActing, lockOrganization } from '../organization/organization.service.ts';
import { RefusalError } from '../refusal-error.ts';
import type { UserEntity } from '../user/user.entity.ts';
import { UserRepository } from '../user/user.repository.ts';
import { clerkRoleOf } from './clerk-role.ts';
import type { MembershipEntity } from './membership.entity.ts';
import { MembershipRepository } from './membership.repository.ts';
import { lockManaged, noSuchMembership } from './organization-access.ts';

/** A membership in hand, its organisation locked. */
interface Held {
  readonly membership: MembershipEntity;
  readonly organization: OrganizationEntity;
  readonly user: UserEntity;
}

async function holderOf(manager: EntityManager, membership: MembershipEntity, field: string[]): Promise<UserEntity> {
  const user = await new UserRepository(manager).findById(membership.userId);
  if (!user) throw noSuchMembership(field);
  return user;
}

async function lockMembership(
  manager: EntityManager,
  viewer: ClerkActing['viewer'],
  id: string,
  field: string[],
): Promise<Held> {
  const memberships = new MembershipRepository(manager);
  const seen = isUUID(id) ? await memberships.findById(id) : null;
  if (!seen) throw noSuchMembership(field);
  const organization = await lockManaged(manager, viewer, seen.organizationId, noSuchMembership(field));
  // Again, now that nobody else can change it.
  const membership = await memberships.findById(id);
  if (!membership) throw noSuchMembership(field);
  return { membership, organization, user: await holderOf(manager, membership, field) };
}

async function refuseLastAdmin(manager: EntityManager, { membership }: Held, field: string[]): Promise<void> {
  if (membership.role !== 'ADMIN') return;
  const { organizationId, userId } = membership;
  if (await new MembershipRepository(manager).hasOtherAdmin(organizationId, userId)) return;
  const message = 'This is the last ADMIN of the organization: make another member one first.';
  throw new RefusalError('LAST_ADMIN', field, message);
}

const told = ({ userId, organizationId, role }: MembershipEntity) => ({ userId, organizationId, role });

/** Sets what a member may do in the organisation, at Clerk first. An organisation is never left without an ADMIN. */
export function setMemberRole(
  acting: ClerkActing,
  { membershipId, role }: { readonly membershipId: string; readonly role: MembershipRole },
): Promise<MembershipEntity> {
  const field = ['input', 'membershipId'];
  return act(acting, async ({ manager, audit, concerns }) => {
    const held = await lockMembership(manager, acting.viewer, membershipId, field);
    const { membership, organization, user } = held;
    if (membership.role === role) return membership;
    if (role !== 'ADMIN') await refuseLastAdmin(manager, held, field);
    const { clerkOrganizationId } = organization;
    const clerkUpdatedAt = clerkOrganizationId
      ? await acting.clerk?.setMemberRole(clerkOrganizationId, user.clerkUserId, role)
      : undefined;
    const atClerk = clerkUpdatedAt ? { clerkRole: clerkRoleOf(role), clerkUpdatedAt } : {};
    const after = await new MembershipRepository(manager).update(membership, { role, ...atClerk });
    const subject = { type: 'Membership', id: membership.id };
    await audit({ action: 'membership.role.set', subject, before: told(membership), after: told(after) });
    concerns(user.clerkUserId);
    return after;
  });
}

async function end(acting: ClerkActing, held: Held, { manager, audit, concerns }: Act, field: string[]) {
  const { membership, organization, user } = held;
  await refuseLastAdmin(manager, held, field);
  const { clerkOrganizationId } = organization;
  if (clerkOrganizationId) await acting.clerk?.removeMember(clerkOrganizationId, user.clerkUserId, field);
  const now = new Date();
  // What Clerk told before this moment must not begin it again.
  const after = await new MembershipRepository(manager).update(membership, { endedAt: now, clerkUpdatedAt: now });
  const subject = { type: 'Membership', id: membership.id };
  await audit({ action: 'membership.end', subject, before: told(membership) });
  concerns(user.clerkUserId);
  return after;
}

/** Takes a member out of the organisation, at Clerk first. */
export function removeMember(acting: ClerkActing, membershipId: string): Promise<MembershipEntity> {
  return act(acting, async (one) => {
    const field = ['membershipId'];
    return end(acting, await lockMembership(one.manager, acting.viewer, membershipId, field), one, field);
  });
}

/** Lets a person leave an organisation of theirs. */
export function leaveOrganization(
  acting: ClerkActing,
  userId: string,
  organizationId: string,
): Promise<MembershipEntity> {
  const field = ['organizationId'];
  return act(acting, async (one) => {
    const { manager } = one;
    const organization = await lockOrganization(new OrganizationRepository(manager), organizationId, field);
    const membership = await new MembershipRepository(manager).find(userId, organizationId);
    if (!membership) throw noSuchMembership(field);
    return end(acting, { membership, organization, user: await holderOf(manager, membership, field) }, one, field);
  });
}
