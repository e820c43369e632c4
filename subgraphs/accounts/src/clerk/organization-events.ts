import type { Act } from '../act.ts';
import type { InvitationStatus } from '../invitation/invitation.entity.ts';
import { InvitationRepository } from '../invitation/invitation.repository.ts';
import type { OrganizationEntity } from '../organization/organization.entity.ts';
import { OrganizationRepository } from '../organization/organization.repository.ts';
import { organizationChanged } from '../organization/organization-changed.event.ts';
import {
  deletedSchema,
  invitationSchema,
  type OrganizationEvent,
  organizationSchema,
  organizationTypeOf,
  readEvent,
} from './clerk-event.ts';

/** Writes down what an event says of an organisation: its own, or one of a membership, which carries it along. */
export async function mirrorOrganization(
  { manager, concerns, publish }: Act,
  event: OrganizationEvent,
): Promise<boolean> {
  const organizations = new OrganizationRepository(manager);
  const before = await organizations.findByClerkId(event.id);
  const type = organizationTypeOf(event);
  const applied = await organizations.applyClerkOrganization({
    clerkOrganizationId: event.id,
    name: event.name,
    slug: event.slug,
    imageUrl: event.image_url,
    type,
    at: event.updated_at,
  });
  // What its members may do hangs on what it is.
  if (applied && before && type !== null && before.type !== type) {
    concerns(...(await organizations.listMembersClerkIds(before.id)));
    await publish(organizationChanged, { organizationId: before.id, type, deleted: false });
  }
  return applied;
}

export const applyOrganization = (act: Act, data: unknown): Promise<boolean> =>
  mirrorOrganization(act, readEvent(organizationSchema, data));

export async function deleteOrganization({ manager, audit, concerns, publish }: Act, data: unknown): Promise<boolean> {
  const { id: clerkOrganizationId } = readEvent(deletedSchema, data);
  const organizations = new OrganizationRepository(manager);
  const before = await organizations.findByClerkId(clerkOrganizationId);
  concerns(...(await organizations.deleteByClerkId(clerkOrganizationId)));
  if (before?.deletedAt) return false;
  if (before) {
    const subject = { type: 'Organization', id: before.id };
    await audit({ action: 'organization.delete', subject, before: { name: before.name, type: before.type } });
    await publish(organizationChanged, { organizationId: before.id, type: before.type, deleted: true });
  }
  return true;
}

/** An event that names an organisation nobody told of yet: it gets a row without a clock, which any word of it overtakes. */
async function getOrganization(
  { manager }: Act,
  clerkOrganizationId: string,
  known: { name: string | null; slug: string | null } | null | undefined,
): Promise<OrganizationEntity> {
  const organizations = new OrganizationRepository(manager);
  const found = await organizations.findByClerkId(clerkOrganizationId);
  if (found) return found;
  const { name, slug } = { name: known?.name ?? '', slug: known?.slug ?? null };
  const at = new Date(0);
  await organizations.applyClerkOrganization({ clerkOrganizationId, name, slug, imageUrl: null, type: null, at });
  const made = await organizations.findByClerkId(clerkOrganizationId);
  if (!made) throw new Error('an organisation that was just written is not there');
  return made;
}

export const applyInvitation =
  (status: InvitationStatus) =>
  async (act: Act, data: unknown): Promise<boolean> => {
    const event = readEvent(invitationSchema, data);
    const organization = await getOrganization(act, event.organization_id, event.public_organization_data);
    return new InvitationRepository(act.manager).applyClerkInvitation({
      clerkInvitationId: event.id,
      organizationId: organization.id,
      email: event.email_address,
      clerkRole: event.role,
      status,
      at: event.updated_at,
    });
  };
