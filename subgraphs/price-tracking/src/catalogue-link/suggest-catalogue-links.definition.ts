import { defineJob } from '@gastronom/shared/jobs/job';
import { z } from 'zod';

/** Of those named; each night of all, for goods may have come to the catalogue since. */
export const suggestLinkJob = defineJob({
  name: 'suggest-catalogue-links',
  payload: z.object({ productIds: z.array(z.uuid()).max(1_000).optional() }),
  cron: '40 2 * * *',
  retries: 4,
  retrySeconds: 30,
});
