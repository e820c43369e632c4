import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { endpointScopeOf } from '../webhook-endpoint/endpoint-scope.ts';
import type { WebhookEndpointEntity } from '../webhook-endpoint/webhook-endpoint.entity.ts';
import { WebhookEndpointRepository } from '../webhook-endpoint/webhook-endpoint.repository.ts';
import type { WebhookAttemptEntity } from './webhook-attempt.entity.ts';
import { WebhookDeliveryRepository } from './webhook-delivery.repository.ts';

export interface WebhookLoaders {
  readonly endpoints: DataLoader<string, WebhookEndpointEntity | null>;
  /** By delivery, oldest first. */
  readonly attempts: DataLoader<string, readonly WebhookAttemptEntity[]>;
}

export const createWebhookLoaders = (manager: EntityManager, viewer: Viewer): WebhookLoaders => ({
  endpoints: new DataLoader(async (ids) => {
    const rows = await new WebhookEndpointRepository(manager).listByIds(ids, endpointScopeOf(viewer));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }),
  attempts: new DataLoader(async (ids) => {
    const byDelivery = Map.groupBy(
      await new WebhookDeliveryRepository(manager).listAttempts(ids),
      ({ deliveryId }) => deliveryId,
    );
    return ids.map((id) => byDelivery.get(id) ?? []);
  }),
});
