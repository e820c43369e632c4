import { webhookEndpointDisabled } from './event-data.ts';
import { ofWebhookEndpointDisabled } from './notices.ts';
import { createNotifyJob } from './notify-job.ts';

export const notifyWebhookDisabled = createNotifyJob({
  name: 'notify-webhook-disabled',
  on: 'WebhookEndpointDisabled',
  data: webhookEndpointDisabled,
  noticesOf: ofWebhookEndpointDisabled,
});
