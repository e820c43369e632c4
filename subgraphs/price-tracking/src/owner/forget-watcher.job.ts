import { inTransaction } from '@gastronom/shared/database/transaction';
import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { tellMarket } from '../product/tell-live-market.job.ts';
import { WatcherRepository } from './watcher.repository.ts';

const forgetWatcherJob = defineJob({
  name: 'forget-watcher',
  on: 'UserDeleted',
  payload: eventPayload(z.object({ userId: z.guid() })),
  retries: 20,
  retryMaxSeconds: 300,
});

/** So many products, with years of history each, are deleted at a time. */
const batchSize = 100;

/** Forgets what a person watched who is gone: nobody looks at it any more. */
export const createForgetWatcher = ({ dataSource: { manager }, jobs }: SubgraphEnvironment): JobImplementation =>
  implementJob(forgetWatcherJob, async ({ payload: { data }, signal }) => {
    let left = true;
    while (left) {
      signal.throwIfAborted();
      left = await inTransaction(manager, async (transaction) => {
        const { count, marketSkus } = await new WatcherRepository(transaction).deleteProducts(data.userId, batchSize);
        await tellMarket(jobs, transaction, marketSkus);
        return count === batchSize;
      });
    }
    await inTransaction(manager, (transaction) => new WatcherRepository(transaction).deleteRest(data.userId));
  });
