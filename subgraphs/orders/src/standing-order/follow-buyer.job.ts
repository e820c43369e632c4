import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { ordersContext } from '../context.ts';
import { StandingOrderRepository } from './standing-order.repository.ts';

const followBuyerJob = defineJob({
  name: 'follow-buyer',
  on: 'OrganizationChanged',
  payload: eventPayload(z.object({ organizationId: z.uuid(), type: z.string().nullable(), deleted: z.boolean() })),
  retries: 20,
  retryMaxSeconds: 300,
});

/** For a restaurant that is no more, or is something else now, nothing is ordered by itself until somebody looks. */
export const followBuyer = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(followBuyerJob, async ({ id: requestId, payload }) => {
    const { organizationId, type, deleted } = payload.data;
    if (!deleted && type === 'RESTAURANT') return;
    const viewer = { kind: 'internal', name: 'orders' } as const;
    const { manager } = ordersContext(environment)({ viewer, requestId, logger: environment.logger });
    await new StandingOrderRepository(manager).pauseAllOf({ kind: 'ORGANIZATION', id: organizationId });
  });
