import { inTransaction } from '@gastronom/shared/database/transaction';
import { type Event, eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { z } from 'zod';
import { ScorecardRepository } from './scorecard.repository.ts';

/** Makes the job that keeps events of a type, and brings the scores to them: told twice, they count once. */
export function keepFacts<Data>(
  name: string,
  type: string,
  data: z.ZodType<Data>,
): (environment: SubgraphEnvironment) => JobImplementation {
  const definition = defineJob({
    name,
    on: type,
    payload: eventPayload(data),
    batchSize: 100,
    retries: 20,
    retryMaxSeconds: 600,
  });
  return ({ dataSource }) =>
    implementBatchJob(definition, (jobs) => {
      const events: Event<Data>[] = jobs.map(({ payload }) => payload);
      return inTransaction(dataSource.manager, async (manager) => {
        const scorecards = new ScorecardRepository(manager);
        await scorecards.insertFacts(events);
        await scorecards.apply(
          type,
          events.map(({ id }) => id),
        );
      });
    });
}
