import { implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { scrapeListingsJob } from './scrape-listings.definition.ts';
import { ScrapeRun } from './scrape-run.ts';

/** One that fails for a trouble of our own is tried again from where it was; its owner learns of it when no try is left. */
export const createScrapeListings = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(scrapeListingsJob, async ({ id, payload: { scrapeJobId }, signal, isLastAttempt }) => {
    const run = new ScrapeRun(internalContext(environment, id), signal);
    try {
      await run.run(scrapeJobId);
    } catch (error) {
      if (isLastAttempt) await run.fail(scrapeJobId);
      throw error;
    }
  });
