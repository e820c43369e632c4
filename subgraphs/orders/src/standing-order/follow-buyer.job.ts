import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import type { Buyer } from '../order/buyer.ts';
import { StandingOrderRepository } from './standing-order.repository.ts';

const person = z.object({ userId: z.uuid() }).transform(({ userId }): Buyer | null => ({ kind: 'USER', id: userId }));

/** Null where it is a restaurant still. */
const organization = z
  .object({ organizationId: z.uuid(), type: z.string().nullable(), deleted: z.boolean() })
  .transform(({ organizationId: id, type, deleted }): Buyer | null =>
    !deleted && type === 'RESTAURANT' ? null : { kind: 'ORGANIZATION', id },
  );

const followBuyerJob = defineJob({
  name: 'follow-buyer',
  on: ['UserDeleted', 'OrganizationChanged'],
  payload: eventPayload(z.union([person, organization])),
  retries: 20,
  retryMaxSeconds: 300,
});

/** For a person or a restaurant that is no more, or is something else now, nothing is ordered by itself any more. */
export const followBuyer = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(followBuyerJob, async ({ id: requestId, payload }) => {
    if (!payload.data) return;
    const { manager } = internalContext(environment, requestId);
    await new StandingOrderRepository(manager).pauseAllOf(payload.data);
  });
