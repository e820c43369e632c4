import { isUUID } from '@gastronom/shared/id';
import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { readerOf } from '../reader.ts';
import type { OrganizationEntity } from './organization.entity.ts';
import { OrganizationRepository } from './organization.repository.ts';

/** Organisations of one request, by id: any number of keys is one statement. */
export class OrganizationLoaders {
  /** Whatever its state, for rows that name it and were found by one who may see it. */
  readonly byId: DataLoader<string, OrganizationEntity | null>;
  /** Null for one that the viewer does not belong to, unless they are staff. */
  readonly visible: DataLoader<string, OrganizationEntity | null>;

  constructor(manager: EntityManager, viewer: Viewer) {
    const organizations = new OrganizationRepository(manager);
    const reader = readerOf(viewer);
    this.byId = loaderOf((ids) => organizations.listByIds(ids));
    this.visible = loaderOf(async (ids) => (reader.all || reader.userId ? organizations.listVisible(ids, reader) : []));
  }
}

function loaderOf(
  list: (ids: readonly string[]) => Promise<OrganizationEntity[]>,
): DataLoader<string, OrganizationEntity | null> {
  return new DataLoader(async (keys) => {
    const ids = keys.filter(isUUID);
    const found = new Map((ids.length > 0 ? await list(ids) : []).map((row) => [row.id, row]));
    return keys.map((id) => found.get(id.toLowerCase()) ?? null);
  });
}
