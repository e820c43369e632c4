import { isUUID } from '@gastronom/shared/id';
import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { ownsRow } from '../ownership.ts';
import type { TrackedUrlEntity } from './tracked-url.entity.ts';
import { TrackedUrlRepository } from './tracked-url.repository.ts';

/** Pages of one request. */
export class TrackedUrlLoaders {
  /** By id; those of others do not exist for the viewer. */
  readonly byId: DataLoader<string, TrackedUrlEntity | null>;
  /** By product, which the viewer sees: the primary page first, then in the order in which they came. */
  readonly ofProduct: DataLoader<string, readonly TrackedUrlEntity[]>;

  constructor(manager: EntityManager, viewer: Viewer) {
    const urls = new TrackedUrlRepository(manager);
    this.byId = new DataLoader(async (ids) => {
      const rows = await urls.byIds(ids.filter(isUUID));
      const found = new Map(rows.filter((row) => ownsRow(viewer, row)).map((row) => [row.id, row]));
      return ids.map((id) => found.get(id.toLowerCase()) ?? null);
    });
    // Not kept: a mutation adds a page, and then answers the product.
    this.ofProduct = new DataLoader(
      async (ids) => {
        const found = Map.groupBy(await urls.listOfProducts(ids), ({ productId }) => productId);
        return ids.map((id) => found.get(id) ?? []);
      },
      { cache: false },
    );
  }
}
