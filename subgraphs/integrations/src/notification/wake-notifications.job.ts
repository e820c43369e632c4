import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { integrationsContext } from '../context.ts';
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
    const { logger } = environment;
    const viewer = { kind: 'internal', name: 'integrations' } as const;
    const { manager, jobs } = integrationsContext(environment)({ viewer, requestId: id, logger });
    for (const { lane } of await new LaneRepository(manager).listOverdue())
      await jobs.send(manager, sendNotificationsJob, { lane });
  });
