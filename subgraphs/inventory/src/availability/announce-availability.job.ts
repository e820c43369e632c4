import { implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { announceAvailabilityJob } from './announce-availability.ts';
import { AvailabilityService } from './availability.service.ts';

/** Announces what became of goods that something happened to; what waits is looked at together. */
export const announceAvailability = (environment: SubgraphEnvironment): JobImplementation =>
  implementBatchJob(announceAvailabilityJob, async (jobs) => {
    const context = internalContext(environment, jobs[0]?.id ?? '');
    await new AvailabilityService(context).announce(jobs.flatMap(({ payload }) => payload.skus));
  });
