import { defineJob } from '@gastronom/shared/jobs/job';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { PriceTrackingContext } from '../context.ts';
import { RefreshRepository } from './refresh.repository.ts';

/**
 * Looks at the pages that are due. When, stands in their rows: the job only wakes somebody, so that nothing depends on it.
 * Each minute somebody looks anyway, and finds what a process had in hand that died.
 */
export const refreshUrlsJob = defineJob({
  name: 'refresh-urls',
  payload: z.object({}),
  cron: '* * * * *',
  batchSize: 500,
  pollSeconds: 1,
});

/** Has pages looked at as soon as politeness allows. Those that are not active stay as they are. @returns how many. */
export async function requestRefresh(
  context: Pick<PriceTrackingContext, 'jobs' | 'clock'>,
  manager: EntityManager,
  { urlIds }: { readonly urlIds: readonly string[] },
): Promise<number> {
  const requested = await new RefreshRepository(manager).request(urlIds, new Date(context.clock()));
  if (requested > 0) await context.jobs.send(manager, refreshUrlsJob, {});
  return requested;
}
