import { implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { sendLane } from './lane.service.ts';
import { sendNotificationsJob } from './send-notifications.ts';

/** Lanes go side by side, several in each worker: a service that is slow holds up nobody but those who wait for it. */
export function createSendNotifications(environment: SubgraphEnvironment): JobImplementation {
  const { workers } = internalContext(environment, 'start').channels.settings;
  return implementBatchJob({ ...sendNotificationsJob, workers }, async (jobs) => {
    const byLane = new Map(jobs.map((job) => [job.payload.lane, job]));
    await Promise.all(
      [...byLane].map(([lane, { id, signal }]) => sendLane(internalContext(environment, id), lane, signal)),
    );
  });
}
