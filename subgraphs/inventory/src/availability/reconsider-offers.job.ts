import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { announceAvailability } from './announce-availability.ts';

const definition = defineJob({
  name: 'reconsider-offers',
  on: 'ProductOfferChanged',
  payload: eventPayload(z.object({ skus: z.array(z.string()) })),
  batchSize: 100,
});

/** The catalogue says otherwise of goods whether they are for sale, or where they belong, which decides their buffer. */
export const reconsiderOffers = ({ dataSource, jobs }: SubgraphEnvironment): JobImplementation =>
  implementBatchJob(definition, async (offers) => {
    const skus = offers.flatMap(({ payload }) => payload.data.skus);
    await announceAvailability(jobs, dataSource.manager, skus);
  });
