import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../../context.ts';
import { resealEndpoints } from '../webhook-endpoint/reseal-endpoints.ts';
import { WebhookEndpointRepository } from '../webhook-endpoint/webhook-endpoint.repository.ts';
import { WebhookDeliveryRepository } from './webhook-delivery.repository.ts';

const forgetWebhookDeliveriesJob = defineJob({
  name: 'forget-webhook-deliveries',
  payload: z.object({}),
  cron: '37 2 * * *',
});

/** Forgets what was sent long ago and secrets that sign no more, and seals the others with the key that seals now. */
export function createForgetWebhookDeliveries(environment: SubgraphEnvironment): JobImplementation {
  const { logger } = environment;
  return implementJob(forgetWebhookDeliveriesJob, async ({ id }) => {
    const context = internalContext(environment, id);
    const { manager, settings, secretBox } = context;
    await new WebhookDeliveryRepository(manager).deleteBefore(new Date(Date.now() - settings.webhooks.keepMs));
    const endpoints = new WebhookEndpointRepository(manager);
    await endpoints.deleteFormerSecrets(new Date());
    await resealEndpoints(endpoints, secretBox, (endpointId, error) =>
      logger.error({ err: error, endpointId }, 'the secret of a webhook cannot be read'),
    );
  });
}
