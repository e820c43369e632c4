import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import { placeStandingOrder } from './place-standing-order.ts';

/** One that fails is not tried again by itself: `place-standing-orders` finds each minute what is due. */
export const placeStandingOrderJob = defineJob({
  name: 'place-standing-order',
  payload: z.object({ standingOrderId: z.uuid() }),
  policy: 'short',
  retries: 0,
  workers: 2,
});

export const placeOneStandingOrder = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(placeStandingOrderJob, async ({ id: requestId, payload }) => {
    const context = internalContext(environment, requestId);
    await placeStandingOrder(context, payload.standingOrderId);
  });
