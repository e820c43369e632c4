import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { loadersOfPages, type PagesOf } from '../page-loaders.ts';
import { readerOf } from '../reader.ts';
import type { MembershipEntity } from './membership.entity.ts';
import { MembershipRepository } from './membership.repository.ts';

/** Memberships of one request. Lists inside a list are read in one statement. */
export class MembershipLoaders {
  readonly ofUser: DataLoader<string, MembershipEntity[]>;
  readonly inOrganization: PagesOf<MembershipEntity>;
  /** Whether the viewer is an admin of an organisation that the person belongs to. */
  readonly administered: DataLoader<string, boolean>;
  readonly countInOrganization: DataLoader<string, number>;
  /** Whether the viewer may see the organisation's invitations: its ADMINs and staff may. */
  readonly manages: DataLoader<string, boolean>;

  constructor(manager: EntityManager, viewer: Viewer) {
    const memberships = new MembershipRepository(manager);
    const reader = readerOf(viewer);
    this.ofUser = new DataLoader(async (ids) => {
      const byUser = Map.groupBy(await memberships.listOfUsers(ids), ({ userId }) => userId);
      return ids.map((id) => byUser.get(id) ?? []);
    });
    this.administered = new DataLoader(async (ids) => {
      const theirs = reader.userId ? await memberships.listAdministered(reader.userId, ids) : new Set();
      return ids.map((id) => theirs.has(id));
    });
    this.manages = new DataLoader(async (ids) => {
      const run = reader.userId && !reader.all ? await memberships.listManaged(reader.userId, ids) : new Set();
      return ids.map((id) => reader.all || run.has(id));
    });
    this.inOrganization = loadersOfPages(
      (ids, size, after) => memberships.listOfOrganizations(ids, size, after),
      ({ organizationId }) => organizationId,
    );
    this.countInOrganization = new DataLoader(async (ids) => {
      const counts = await memberships.countOfOrganizations(ids);
      return ids.map((id) => counts.get(id) ?? 0);
    });
  }
}
