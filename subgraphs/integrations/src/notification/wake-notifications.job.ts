import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import { LaneRepository } from './lane.repository.ts';
import { sendNotificationsJob } from './send-notifications.ts';

const wakeNotificationsJob = defineJob({
  name: 'wake-notifications',
  payload: z.object({}),
  cron: '* * * * *',
  policy: 'short',
});

/** Has sent what is due and what nobody sends: the process that did died, or its wake-up was lost. */
export const createWakeNotifications = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(wakeNotificationsJob, async ({ id }) => {
    const { manager, jobs } = internalContext(environment, id);
    for (const { lane } of await new LaneRepository(manager).listOverdue())
      await jobs.send(manager, sendNotificationsJob, { lane });
  });
