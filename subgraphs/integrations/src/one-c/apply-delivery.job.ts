import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { integrationsContext } from '../context.ts';
import { DeliveryApplication } from './delivery-application.ts';

/** Applies what 1C sent. While inventory is down it is tried again for a quarter of an hour, and then left to an admin. */
export const applyDeliveryJob = defineJob({
  name: 'apply-delivery',
  payload: z.object({ deliveryId: z.string() }),
  retries: 10,
  retrySeconds: 1,
  retryMaxSeconds: 300,
  pollSeconds: 2,
});

export function createApplyDelivery(environment: SubgraphEnvironment): JobImplementation {
  const { logger } = environment;
  const contextOf = integrationsContext(environment);
  return implementJob(applyDeliveryJob, ({ id, payload, isLastAttempt }) => {
    const context = contextOf({ viewer: { kind: 'internal', name: 'integrations' }, requestId: id, logger });
    return new DeliveryApplication(context).apply(payload.deliveryId, isLastAttempt);
  });
}
