import { defineJob } from '@gastronom/shared/jobs/job';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

const patience = { retries: 30, retrySeconds: 2, retryMaxSeconds: 600 } as const;

/** Looks at goods whose availability may be another now, and tells the world where it is. */
export const announceAvailabilityJob = defineJob({
  name: 'announce-availability',
  payload: z.object({ skus: z.array(z.string()) }),
  batchSize: 100,
  // It waits out the debounce, so that nothing announces that it is due.
  pollSeconds: 1,
  // The catalogue may be away for some hours.
  ...patience,
});

/** The same for every good that is for sale, a page at a time, from behind the SKU given. */
export const announceAllAvailabilityJob = defineJob({
  name: 'announce-all-availability',
  payload: z.object({ after: z.string().nullable().default(null) }),
  // Once a night, for what no write tells of: another threshold or default buffer in the settings.
  cron: '40 2 * * *',
  batchSize: 100,
  pollSeconds: 1,
  ...patience,
});

/** As many as a job carries; only the end of a snapshot has more at once. */
const mostSkus = 10_000;

const debounces = new WeakMap<JobQueue, number>();

/** For how many seconds changes are gathered before they are announced, for all who enqueue through this queue. */
export function setAvailabilityDebounce(jobs: JobQueue, seconds: number): void {
  debounces.set(jobs, seconds);
}

const debounced = (jobs: JobQueue) => {
  const seconds = debounces.get(jobs) ?? 0;
  return seconds > 0 ? { startAfter: seconds } : {};
};

/**
 * To be called at the end of every transaction that may have changed what of these goods can be bought: it is looked at,
 * and announced where it did, some moments after the commit.
 */
export async function announceAvailability(
  jobs: JobQueue,
  manager: EntityManager,
  skus: readonly string[],
): Promise<void> {
  const all = [...new Set(skus)];
  for (let start = 0; start < all.length; start += mostSkus) {
    await jobs.send(manager, announceAvailabilityJob, { skus: all.slice(start, start + mostSkus) }, debounced(jobs));
  }
}

/** As `announceAvailability`, for a change that bears on any good, as the global buffer does. */
export const announceAll = (jobs: JobQueue, manager: EntityManager): Promise<void> =>
  jobs.send(manager, announceAllAvailabilityJob, { after: null }, debounced(jobs));
