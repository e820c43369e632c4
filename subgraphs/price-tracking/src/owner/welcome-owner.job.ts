import { inTransaction } from '@gastronom/shared/database/transaction';
import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { giveStores } from '../store/give-stores.ts';

const welcomeOwnerJob = defineJob({
  name: 'welcome-owner',
  on: 'ExpectedUserArrived',
  payload: eventPayload(z.object({ expectedUserId: z.guid(), userId: z.guid() })),
  retries: 20,
  retryMaxSeconds: 300,
});

/** Gives people the stores that were made for them before they came: more cannot be theirs by then. */
export const createWelcomeOwner = ({ dataSource: { manager } }: SubgraphEnvironment): JobImplementation =>
  implementJob(welcomeOwnerJob, ({ payload: { data } }) =>
    inTransaction(manager, (transaction) => giveStores(transaction, data.expectedUserId, data.userId)),
  );
