import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import { ReservedTotalService } from './reserved-total.service.ts';

export const repairReservedTotalsJob = defineJob({
  name: 'repair-reserved-totals',
  payload: z.object({}),
  cron: '17 2 * * *',
  policy: 'short',
});

export const createRepairReservedTotals = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(repairReservedTotalsJob, async ({ id }) => {
    const context = internalContext(environment, id);
    await new ReservedTotalService(context).repair();
  });
