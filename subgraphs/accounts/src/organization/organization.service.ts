import { isUUID } from '@gastronom/shared/id';
import type { OrganizationType } from '@gastronom/shared/viewer';
import { type Acting, act } from '../act.ts';
import type { ClerkApi } from '../clerk/clerk-api.ts';
import { RefusalError } from '../refusal-error.ts';
import type { OrganizationEntity } from './organization.entity.ts';
import { OrganizationRepository } from './organization.repository.ts';
import { organizationChanged } from './organization-changed.event.ts';

/** An act that Clerk is told of first, where Clerk is used. */
export interface ClerkActing extends Acting {
  readonly clerk: ClerkApi | null;
}

function nameOf(text: string): string {
  const name = text.trim().toWellFormed();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (name.length >= 1 && name.length <= 100 && !/[\u0000-\u001f\u007f]/.test(name)) return name;
  throw new RefusalError('BAD_NAME', ['input', 'name'], 'A name has 1 to 100 characters, on one line.');
}

const noSuchOrganization = (field: string[]) =>
  new RefusalError('NOT_FOUND', field, 'There is no such organization, or you do not belong to it.');

const told = ({ id, name, type }: OrganizationEntity) => ({
  subject: { type: 'Organization', id },
  values: { name, type },
});

/** Locks the organisation of an act, or refuses it where there is none. */
export async function lockOrganization(
  organizations: OrganizationRepository,
  id: string,
  field: string[],
): Promise<OrganizationEntity> {
  const organization = isUUID(id) ? await organizations.lock(id) : null;
  if (!organization) throw noSuchOrganization(field);
  return organization;
}

/** Makes an organisation, at Clerk first. Should we die between, Clerk's event makes it here. */
export async function createOrganization(
  acting: ClerkActing,
  input: { readonly name: string; readonly type: OrganizationType },
): Promise<OrganizationEntity> {
  const values = { name: nameOf(input.name), type: input.type };
  const atClerk = await acting.clerk?.createOrganization(values);
  return act(acting, async ({ manager, audit }) => {
    const made = await new OrganizationRepository(manager).insert({ ...values, ...atClerk });
    const { subject, values: after } = told(made);
    await audit({ action: 'organization.create', subject, after });
    return made;
  });
}

export interface OrganizationChange {
  readonly id: string;
  readonly name?: string | null;
  readonly type?: OrganizationType | null;
}

/** Changes name and type. Who acts for it has another role at once when its type changes. */
export function updateOrganization(acting: ClerkActing, { id, name, type }: OrganizationChange) {
  return act(acting, async ({ manager, audit, concerns, publish }) => {
    const organizations = new OrganizationRepository(manager);
    const before = await lockOrganization(organizations, id, ['input', 'id']);
    const values = {
      name: name == null ? before.name : nameOf(name),
      type: type ?? before.type,
    };
    if (values.name === before.name && values.type === before.type) return before;
    const clerkUpdatedAt = before.clerkOrganizationId
      ? await acting.clerk?.updateOrganization(before.clerkOrganizationId, before, values)
      : undefined;
    const after = await organizations.update(before, { ...values, ...(clerkUpdatedAt ? { clerkUpdatedAt } : {}) });
    const { subject, values: said } = told(after);
    await audit({ action: 'organization.update', subject, before: told(before).values, after: said });
    if (values.type !== before.type) {
      concerns(...(await organizations.listMembersClerkIds(before.id)));
      await publish(organizationChanged, { organizationId: id, type: values.type, deleted: false });
    }
    return after;
  });
}

/** Deletes it for ever: nobody can see it or act for it. The row stays, since others point at it. */
export function deleteOrganization(acting: ClerkActing, id: string): Promise<OrganizationEntity> {
  return act(acting, async ({ manager, audit, concerns, publish }) => {
    const organizations = new OrganizationRepository(manager);
    const before = await lockOrganization(organizations, id, ['id']);
    if (before.clerkOrganizationId) await acting.clerk?.deleteOrganization(before.clerkOrganizationId);
    concerns(...(await organizations.listMembersClerkIds(before.id)));
    const { subject, values } = told(before);
    await audit({ action: 'organization.delete', subject, before: values });
    await publish(organizationChanged, { organizationId: id, type: before.type, deleted: true });
    return organizations.update(before, { deletedAt: new Date() });
  });
}
