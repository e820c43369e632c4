import { defineJob, implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import { tellLive } from '@gastronom/shared/live';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

const definition = defineJob({
  name: 'tell-live-market',
  payload: z.object({ skus: z.array(z.string()) }),
  batchSize: 100,
});

/** With the commit, gateways are told that the market asks something else for goods: what they keep of them is dropped. */
export async function tellMarket(jobs: JobQueue, manager: EntityManager, skus: Iterable<string>): Promise<void> {
  const changed = [...new Set(skus)];
  if (changed.length > 0) await jobs.send(manager, definition, { skus: changed });
}

export const createTellLiveMarket = ({ broadcast }: SubgraphEnvironment): JobImplementation =>
  implementBatchJob(definition, async (jobs) => {
    tellLive(
      broadcast,
      'product',
      jobs.flatMap(({ payload }) => payload.skus),
    );
  });
