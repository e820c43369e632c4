import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import { ClerkDeliveryRepository } from './clerk-delivery.repository.ts';

const dayMs = 24 * 60 * 60_000;

export const forgetClerkDeliveriesJob = defineJob({
  name: 'forget-clerk-deliveries',
  payload: z.object({}),
  cron: '41 2 * * *',
});

/** A message that comes again later than this is applied again, which changes nothing: each row has Clerk's clock. */
export function createForgetClerkDeliveries(environment: SubgraphEnvironment): JobImplementation {
  return implementJob(forgetClerkDeliveriesJob, ({ id }) => {
    const { manager, settings } = internalContext(environment, id);
    const keptFor = settings.clerkWebhook.deliveryDays * dayMs;
    return new ClerkDeliveryRepository(manager).deleteBefore(new Date(Date.now() - keptFor));
  });
}
