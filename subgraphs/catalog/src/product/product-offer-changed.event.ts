import { defineEvent } from '@gastronom/shared/jobs/event';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

const mostSkus = 10_000;

/** Goods are for sale that were not, or are no longer, or belong to other categories: what is kept back may change. */
const productOfferChanged = defineEvent({
  type: 'ProductOfferChanged',
  version: 1,
  data: z.object({ skus: z.array(z.string()).min(1).max(mostSkus) }),
});

/** To be called at the end of the transaction that changed them; without goods it does nothing. */
export async function publishOfferChanges(
  jobs: JobQueue,
  manager: EntityManager,
  skus: readonly string[],
): Promise<void> {
  for (let start = 0; start < skus.length; start += mostSkus) {
    await jobs.publish(manager, productOfferChanged, { skus: skus.slice(start, start + mostSkus) });
  }
}
