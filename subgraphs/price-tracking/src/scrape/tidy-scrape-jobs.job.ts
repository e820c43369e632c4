import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import { ScrapeJobRepository } from './scrape-job.repository.ts';
import { lostMs } from './scrape-listings.definition.ts';

const keptMs = 90 * 86_400_000;

const tidyScrapeJobsJob = defineJob({ name: 'tidy-scrape-jobs', payload: z.object({}), cron: '11 * * * *' });

/** Says of lists that nobody reads any more that they failed, and forgets those that ended a season ago. */
export const createTidyScrapeJobs = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(tidyScrapeJobsJob, async ({ id }) => {
    const { manager, clock } = internalContext(environment, id);
    const jobs = new ScrapeJobRepository(manager);
    const now = clock();
    await jobs.giveUp(null, new Date(now - lostMs), new Date(now));
    await jobs.deleteFinishedBefore(new Date(now - keptMs));
  });
