import { isUUID } from '@gastronom/shared/id';
import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { ownsRow } from '../ownership.ts';
import type { TrackedProductEntity } from './tracked-product.entity.ts';
import { TrackedProductRepository } from './tracked-product.repository.ts';

export type TrackedProductLoader = DataLoader<string, TrackedProductEntity | null>;

/** Tracked products that the viewer may see; the others do not exist for them. */
export const createTrackedProductLoader = (manager: EntityManager, viewer: Viewer): TrackedProductLoader =>
  new DataLoader(async (ids) => {
    const rows = await new TrackedProductRepository(manager).byIds(ids.filter(isUUID));
    const byId = new Map(rows.filter((row) => ownsRow(viewer, row)).map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  });
