import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { createSendChannelCode } from './channel/send-channel-code.job.ts';
import { createClearExchanges } from './exchange/clear-exchanges.job.ts';
import { createImportExchangeFile } from './exchange/import-exchange-file.job.ts';
import { imageVariantsJob } from './image/make-image-variants.job.ts';
import { createForgetNotifications } from './notification/forget-notifications.job.ts';
import { createForgetOwner } from './notification/forget-owner.job.ts';
import { createNotifyPeople } from './notification/notify-people.job.ts';
import { createSendNotifications } from './notification/send-notifications.job.ts';
import { createWakeNotifications } from './notification/wake-notifications.job.ts';
import { createApplyDelivery } from './one-c/apply-delivery.job.ts';
import { createForgetDeliveries } from './one-c/forget-deliveries.job.ts';
import { createRefreshStock } from './one-c/refresh-stock.job.ts';
import { createFanOutEvent } from './outbound/partner-event/fan-out-event.job.ts';
import { createForgetWebhookDeliveries } from './outbound/webhook-delivery/forget-webhook-deliveries.job.ts';
import { createSendWebhooks } from './outbound/webhook-delivery/send-webhooks.job.ts';
import { createFollowOrganization } from './outbound/webhook-endpoint/follow-organization.job.ts';

/** None where a setting says that the job is not to be done. */
type MakeJob = (environment: SubgraphEnvironment) => JobImplementation | readonly JobImplementation[];

/** The jobs of this subgraph. */
const jobs: readonly MakeJob[] = [
  createRefreshStock,
  createApplyDelivery,
  createForgetDeliveries,
  createImportExchangeFile,
  createClearExchanges,
  imageVariantsJob,
  createFanOutEvent,
  createSendWebhooks,
  createForgetWebhookDeliveries,
  createFollowOrganization,
  createNotifyPeople,
  createSendNotifications,
  createWakeNotifications,
  createForgetNotifications,
  createForgetOwner,
  createSendChannelCode,
];

export const createIntegrationsWorker = (environment: SubgraphEnvironment): readonly JobImplementation[] =>
  jobs.flatMap((make) => make(environment));
