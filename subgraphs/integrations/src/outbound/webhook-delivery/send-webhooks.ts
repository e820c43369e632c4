import { defineJob } from '@gastronom/shared/jobs/job';
import { z } from 'zod';

/**
 * Sends what is due. When, stands in the rows: the job only wakes somebody to look, so that nothing depends on it. Each
 * minute somebody looks anyway, and finds what a process had in hand that died.
 */
export const sendWebhooksJob = defineJob({
  name: 'send-webhooks',
  payload: z.object({}),
  cron: '* * * * *',
  batchSize: 500,
  pollSeconds: 1,
});
