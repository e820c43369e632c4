import { DomainError } from '@gastronom/shared/domain-error';
import type { Viewer } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import type { OrganizationEntity } from '../organization/organization.entity.ts';
import { OrganizationRepository } from '../organization/organization.repository.ts';
import { lockOrganization } from '../organization/organization.service.ts';
import { readerOf } from '../reader.ts';
import { RefusalError } from '../refusal-error.ts';
import { MembershipRepository } from './membership.repository.ts';

export const noSuchMembership = (field: string[]): RefusalError =>
  new RefusalError('NOT_FOUND', field, 'There is no such membership, or you do not belong to the organization.');

/**
 * Locks an organisation whose members and invitations the viewer may change: its ADMINs and the product's admins. The lock
 * comes first, so that a role that was taken meanwhile counts. To strangers the organisation does not exist.
 */
export async function lockManaged(
  manager: EntityManager,
  viewer: Viewer,
  organizationId: string,
  refusal: RefusalError,
): Promise<OrganizationEntity> {
  const organization = await lockOrganization(new OrganizationRepository(manager), organizationId, refusal.field).catch(
    (error: unknown) => {
      throw error instanceof RefusalError ? refusal : error;
    },
  );
  if (viewer.kind === 'user' && viewer.role === 'ADMIN') return organization;
  const reader = readerOf(viewer);
  const own = reader.userId ? await new MembershipRepository(manager).find(reader.userId, organization.id) : null;
  if (!own && !reader.all) throw refusal;
  if (own?.role !== 'ADMIN')
    throw new DomainError('FORBIDDEN', 'This needs the role ADMIN, in the organization or in the product.');
  return organization;
}
