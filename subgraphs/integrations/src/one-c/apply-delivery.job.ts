import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
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
  return implementJob(applyDeliveryJob, ({ id, payload, isLastAttempt }) => {
    const context = internalContext(environment, id);
    return new DeliveryApplication(context).apply(payload.deliveryId, isLastAttempt);
  });
}
