import { defineJob } from '@gastronom/shared/jobs/job';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

/** Of those named; each night of all, for goods may have come to the catalogue since. */
export const suggestLinkJob = defineJob({
  name: 'suggest-catalogue-links',
  payload: z.object({ productIds: z.array(z.uuid()).max(1_000).optional() }),
  cron: '40 2 * * *',
  retries: 4,
  retrySeconds: 30,
});

/** With the commit, the catalogue is asked for goods with the products' barcodes. */
export async function requestLinks(
  jobs: JobQueue,
  manager: EntityManager,
  products: readonly { readonly id: string; readonly gtin: string | null }[],
): Promise<void> {
  const productIds = products.filter(({ gtin }) => gtin !== null).map(({ id }) => id);
  if (productIds.length > 0) await jobs.send(manager, suggestLinkJob, { productIds });
}
