import { isUUID } from '@gastronom/shared/id';
import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { ownsRow } from '../ownership.ts';
import type { PriceAlertEntity } from './price-alert.entity.ts';
import { PriceAlertRepository } from './price-alert.repository.ts';

/** Alerts of one request. */
export class PriceAlertLoaders {
  /** By id; those of others do not exist for the viewer. */
  readonly byId: DataLoader<string, PriceAlertEntity | null>;
  /** By product, which the viewer sees: in the order in which they were made. */
  readonly ofProduct: DataLoader<string, readonly PriceAlertEntity[]>;

  constructor(manager: EntityManager, viewer: Viewer) {
    const alerts = new PriceAlertRepository(manager);
    this.byId = new DataLoader(async (ids) => {
      const rows = await alerts.byIds(ids.filter(isUUID));
      const found = new Map(rows.filter((row) => ownsRow(viewer, row)).map((row) => [row.id, row]));
      return ids.map((id) => found.get(id.toLowerCase()) ?? null);
    });
    // Not kept: a mutation adds an alert, and then answers the product.
    this.ofProduct = new DataLoader(
      async (ids) => {
        const found = Map.groupBy(await alerts.listOfProducts(ids), ({ productId }) => productId);
        return ids.map((id) => found.get(id) ?? []);
      },
      { cache: false },
    );
  }
}
