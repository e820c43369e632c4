import { recordAudit } from '@gastronom/shared/audit';
import type { EntityManager } from 'typeorm';
import type { IntegrationsContext } from '../../context.ts';
import { WebhookDeliveryRepository } from '../webhook-delivery/webhook-delivery.repository.ts';
import { withoutQuery } from './endpoint-url.ts';
import type { DisabledBecauseName, WebhookEndpointEntity } from './webhook-endpoint.entity.ts';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.ts';
import { webhookEndpointDisabled } from './webhook-endpoint-disabled.event.ts';

export type DisabledByItself = 'GONE' | 'FAILING';

/** In the caller's transaction, with the endpoint locked: nothing is sent to it any more, what waits is kept. */
export async function disableEndpoint(
  context: IntegrationsContext,
  manager: EntityManager,
  { id }: WebhookEndpointEntity,
  reason: DisabledBecauseName,
): Promise<WebhookEndpointEntity> {
  const disabled = await new WebhookEndpointRepository(manager).update(id, {
    status: 'DISABLED',
    disabledBecause: reason,
    disabledAt: new Date(),
  });
  await new WebhookDeliveryRepository(manager).updatePendingToFailed(id);
  await recordAudit(context.jobs, manager, context, {
    action: 'webhook-endpoint.disable',
    subject: { type: 'WebhookEndpoint', id },
    before: { status: 'ENABLED' },
    after: { status: 'DISABLED', because: reason },
  });
  return disabled;
}

/** The same where nobody of its owner asked for it: somebody there is told. */
export async function disableFailing(
  context: IntegrationsContext,
  manager: EntityManager,
  endpoint: WebhookEndpointEntity,
  reason: DisabledByItself,
): Promise<void> {
  const { id, organizationId, organizationType, url, disabledAt } = await disableEndpoint(
    context,
    manager,
    endpoint,
    reason,
  );
  await context.jobs.publish(manager, webhookEndpointDisabled, {
    endpointId: id,
    organizationId,
    organizationType,
    url: withoutQuery(url),
    reason,
    failingSince: endpoint.failingSince?.toISOString() ?? null,
    at: (disabledAt ?? new Date()).toISOString(),
  });
}
