import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { OfferUpsertRepository } from './offer-upsert.repository.ts';

const keptDays = 30;

const definition = defineJob({ name: 'forget-offer-batches', payload: z.object({}), cron: '20 3 * * *' });

/** Forgets answers that nobody asks for again. */
export const forgetOfferBatches = ({ dataSource }: SubgraphEnvironment): JobImplementation =>
  implementJob(definition, () =>
    new OfferUpsertRepository(dataSource.manager).deleteBatchesBefore(new Date(Date.now() - keptDays * 86_400_000)),
  );
