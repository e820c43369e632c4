import type { Act } from '../act.ts';
import { MembershipRepository } from '../membership/membership.repository.ts';
import { OrganizationRepository } from '../organization/organization.repository.ts';
import type { UserEntity } from '../user/user.entity.ts';
import { UserRepository } from '../user/user.repository.ts';
import { type MembershipEvent, membershipSchema, readEvent } from './clerk-event.ts';
import { mirrorOrganization } from './organization-events.ts';

/** Locked, so that a deletion of the person at the same time comes before or after, never between. */
async function lockPerson({ manager }: Act, clerkUserId: string): Promise<UserEntity> {
  const users = new UserRepository(manager);
  let known = await users.findByClerkId(clerkUserId);
  if (!known) {
    // Nothing is known yet but that there is such a person: their own event, or their token, tells the rest.
    await users.insertUnknown(clerkUserId);
    known = await users.findByClerkId(clerkUserId);
  }
  const locked = known && (await users.lock(known.id));
  if (!locked) throw new Error('a person who was just written is not there');
  return locked;
}

async function organizationIdOf(act: Act, { organization }: MembershipEvent): Promise<string> {
  await mirrorOrganization(act, organization);
  const known = await new OrganizationRepository(act.manager).findByClerkId(organization.id);
  if (!known) throw new Error('an organisation that was just written is not there');
  return known.id;
}

/** An event of a membership carries its organisation, and names its person: whichever comes first, nothing waits. */
async function changeMembership(act: Act, data: unknown, ends: boolean): Promise<boolean> {
  const event = readEvent(membershipSchema, data);
  const organizationId = await organizationIdOf(act, event);
  const person = await lockPerson(act, event.public_user_data.user_id);
  const memberships = new MembershipRepository(act.manager);
  const before = await memberships.find(person.id, organizationId);
  const change = {
    userId: person.id,
    organizationId,
    clerkMembershipId: event.id,
    clerkRole: event.role,
    at: event.updated_at,
  };
  // Who was deleted belongs nowhere any more, whatever comes late.
  const applied = await (ends || person.deletedAt
    ? memberships.endByClerk(change)
    : memberships.applyClerkMembership(change));
  const after = await memberships.find(person.id, organizationId);
  if (before?.role === after?.role) return applied;
  act.concerns(person.clerkUserId);
  const verb = before && after ? 'role.set' : after ? 'begin' : 'end';
  await act.audit({
    action: `membership.${verb}`,
    subject: { type: 'Membership', id: (after ?? before)?.id ?? '' },
    before: before ? { userId: person.id, organizationId, role: before.role } : null,
    after: after ? { userId: person.id, organizationId, role: after.role } : null,
  });
  return applied;
}

export const applyMembership = (act: Act, data: unknown): Promise<boolean> => changeMembership(act, data, false);

export const endMembership = (act: Act, data: unknown): Promise<boolean> => changeMembership(act, data, true);
