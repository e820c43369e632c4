import { defineJob } from '@gastronom/shared/jobs/job';
import { z } from 'zod';

/** Sends what is due on a lane. Several of one lane at a time do no harm: one of them sends, and sees what the others meant. */
export const sendNotificationsJob = defineJob({
  name: 'send-notifications',
  payload: z.object({ lane: z.string() }),
  batchSize: 10,
  retries: 5,
  retrySeconds: 5,
  retryMaxSeconds: 300,
});
