import { defineJob } from '@gastronom/shared/jobs/job';
import { z } from 'zod';

/** Reads a list page by page; taken up anew, it goes on where it was. */
export const scrapeListingsJob = defineJob({
  name: 'scrape-listings',
  payload: z.object({ scrapeJobId: z.uuid() }),
  retries: 3,
  retrySeconds: 10,
  expireSeconds: 3_600,
  workers: 2,
});

/** Longer than the turn of any page is waited for, tries of the job included: one that got no further is lost. */
export const lostMs = 4 * 3_600_000;
