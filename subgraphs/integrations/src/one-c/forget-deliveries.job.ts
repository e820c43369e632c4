import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import { SyncRunService } from '../sync/sync-run.service.ts';
import { OneCDeliveryRepository } from './one-c-delivery.repository.ts';
import { OneCTriggerRepository } from './one-c-trigger.repository.ts';

const dayMs = 24 * 60 * 60_000;
/** What was not applied is kept so many times as long as what was: somebody may want to replay it yet. */
const patience = 4;

const forgetDeliveriesJob = defineJob({
  name: 'forget-deliveries',
  payload: z.object({}),
  cron: '17 2 * * *',
});

/** Forgets what 1C sent long ago, and breaks off snapshots whose other parts did not come within a day. */
export function createForgetDeliveries(environment: SubgraphEnvironment): JobImplementation {
  return implementJob(forgetDeliveriesJob, async ({ id }) => {
    const context = internalContext(environment, id);
    const { manager, settings } = context;
    const ago = (days: number) => new Date(Date.now() - days * dayMs);
    const { deliveryDays } = settings.oneC;
    const deliveries = new OneCDeliveryRepository(manager);
    for (const runId of await deliveries.listAbandonedRuns(ago(1))) await new SyncRunService(context).cancel(runId);
    await deliveries.deleteBefore(ago(deliveryDays), ago(deliveryDays * patience));
    await new OneCTriggerRepository(manager).deleteBefore(ago(deliveryDays * patience));
  });
}
