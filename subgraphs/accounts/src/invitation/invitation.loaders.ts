import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { loadersOfPages, type PagesOf } from '../page-loaders.ts';
import type { InvitationEntity } from './invitation.entity.ts';
import { InvitationRepository } from './invitation.repository.ts';

/** Invitations of one request. Lists inside a list are read in one statement. */
export class InvitationLoaders {
  readonly inOrganization: PagesOf<InvitationEntity>;
  readonly countInOrganization: DataLoader<string, number>;

  constructor(manager: EntityManager) {
    const invitations = new InvitationRepository(manager);
    this.inOrganization = loadersOfPages(
      (ids, size, after) => invitations.listOfOrganizations(ids, size, after),
      ({ organizationId }) => organizationId,
    );
    this.countInOrganization = new DataLoader(async (ids) => {
      const counts = await invitations.countOfOrganizations(ids);
      return ids.map((id) => counts.get(id) ?? 0);
    });
  }
}
