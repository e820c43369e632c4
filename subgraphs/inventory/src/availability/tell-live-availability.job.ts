import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import { tellLive } from '@gastronom/shared/live';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';

const definition = defineJob({
  name: 'tell-live-availability',
  on: 'AvailabilityChanged',
  payload: eventPayload(z.object({ changes: z.array(z.object({ sku: z.string() })) })),
  batchSize: 100,
});

/** Tells gateways whose clients watch goods which of them to look at again. */
export const tellLiveAvailability = ({ broadcast }: SubgraphEnvironment): JobImplementation =>
  implementBatchJob(definition, async (jobs) => {
    const changes = jobs.flatMap(({ payload }) => payload.data.changes);
    tellLive(
      broadcast,
      'product',
      changes.map(({ sku }) => sku),
    );
  });
