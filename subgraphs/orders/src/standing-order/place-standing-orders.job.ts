import { inTransaction } from '@gastronom/shared/database/transaction';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import { placeStandingOrderJob } from './place-standing-order.job.ts';
import { StandingOrderRepository } from './standing-order.repository.ts';

const placeStandingOrdersJob = defineJob({
  name: 'place-standing-orders',
  payload: z.object({}),
  cron: '* * * * *',
  policy: 'short',
});

/** Has placed, each minute, what is due. What failed is due still in the next minute, and keeps no other waiting. */
export const placeStandingOrders = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(placeStandingOrdersJob, async ({ id: requestId }) => {
    const { manager, jobs, clock } = internalContext(environment, requestId);
    await inTransaction(manager, async (transaction) => {
      const due = await new StandingOrderRepository(transaction).listDue(new Date(clock()));
      for (const id of due) await jobs.send(transaction, placeStandingOrderJob, { standingOrderId: id }, { key: id });
    });
  });
