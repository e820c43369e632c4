import { implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { announceAllAvailabilityJob } from './announce-availability.ts';
import { AvailabilityService } from './availability.service.ts';

/** Walks through what is for sale, a job a page, and announces what is another now; walks that meet go on as one. */
export const announceAllAvailability = (environment: SubgraphEnvironment): JobImplementation =>
  implementBatchJob(announceAllAvailabilityJob, async (jobs) => {
    const context = internalContext(environment, jobs[0]?.id ?? '');
    for (const after of new Set(jobs.map(({ payload }) => payload.after))) {
      await new AvailabilityService(context).announcePage(after);
    }
  });
