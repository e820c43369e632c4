import { inTransaction } from '@gastronom/shared/database/transaction';
import { SealedSecretError } from '@gastronom/shared/encrypted-secret';
import type { EntityManager } from 'typeorm';
import type { Dispatcher } from 'undici';
import type { IntegrationsContext } from '../../context.ts';
import { type DisabledByItself, disableFailing } from '../webhook-endpoint/disable-endpoint.ts';
import { signatureHeaders } from '../webhook-endpoint/endpoint-secret.ts';
import type { WebhookEndpointEntity } from '../webhook-endpoint/webhook-endpoint.entity.ts';
import { WebhookEndpointRepository } from '../webhook-endpoint/webhook-endpoint.repository.ts';
import { type ClaimedDelivery, DeliveryQueueRepository } from './delivery-queue.repository.ts';
import { type Outcome, postWebhook } from './post-webhook.ts';
import { nextTryAt } from './retry-schedule.ts';
import { sendWebhooksJob } from './send-webhooks.ts';

/** One try of a delivery, written down. */
export async function sendDelivery(
  context: IntegrationsContext,
  dispatcher: Dispatcher,
  delivery: ClaimedDelivery,
): Promise<void> {
  const outcome = await attempt(context, dispatcher, delivery);
  const { manager } = context;
  if (outcome.failure !== null)
    await inTransaction(manager, (inside) => recordFailure(context, inside, delivery, outcome));
  else if (delivery.isFailing) await inTransaction(manager, (inside) => recordRecovery(inside, delivery, outcome));
  else await new DeliveryQueueRepository(manager).recordSuccess(delivery.id, outcome);
}

async function attempt(
  { secretBox, settings, logger }: IntegrationsContext,
  dispatcher: Dispatcher,
  delivery: ClaimedDelivery,
): Promise<Outcome> {
  try {
    const headers = signatureHeaders(secretBox, delivery, delivery, new Date());
    const { url, body } = delivery;
    return await postWebhook({ url, headers, body }, { dispatcher, timeoutMs: settings.webhooks.timeoutMs });
  } catch (error) {
    if (!(error instanceof SealedSecretError)) throw error;
    logger.error({ err: error, endpointId: delivery.endpointId }, 'a webhook cannot be signed');
    const nothing = { statusCode: null, answer: null, retryAfterMs: null };
    return { at: new Date(), durationMs: 0, failure: 'SECRET_UNREADABLE', ...nothing };
  }
}

/** The endpoint is locked before its deliveries, here as where it is disabled. */
async function recordRecovery(manager: EntityManager, { id, endpointId }: ClaimedDelivery, outcome: Outcome) {
  await new WebhookEndpointRepository(manager).updateFailingSince(endpointId, null);
  await new DeliveryQueueRepository(manager).recordSuccess(id, outcome);
}

const gone = 410;

async function recordFailure(
  context: IntegrationsContext,
  manager: EntityManager,
  { id, endpointId, step, begunAt }: ClaimedDelivery,
  outcome: Outcome,
): Promise<void> {
  const endpoints = new WebhookEndpointRepository(manager);
  const endpoint = await endpoints.lockAny(endpointId);
  if (!endpoint) return;
  const next = nextTryAt({ tries: step + 1, begunAt, now: new Date(), retryAfterMs: outcome.retryAfterMs });
  await new DeliveryQueueRepository(manager).recordFailure(id, outcome, next);
  if (endpoint.status !== 'ENABLED') return;
  const failingSince = endpoint.failingSince ?? outcome.at;
  if (!endpoint.failingSince) await endpoints.updateFailingSince(endpointId, failingSince);
  const reason = whyDisabled({ ...endpoint, failingSince }, outcome, next, context.settings.webhooks.disableAfterMs);
  if (reason) await disableFailing(context, manager, { ...endpoint, failingSince }, reason);
  else if (next) await context.jobs.send(manager, sendWebhooksJob, {}, { startAfter: next });
}

/** An endpoint is judged when a delivery is given up: one that is told little has been tried for a day by then. */
function whyDisabled(
  { failingSince }: Pick<WebhookEndpointEntity, 'failingSince'>,
  { statusCode, at }: Outcome,
  next: Date | null,
  disableAfterMs: number,
): DisabledByItself | null {
  if (statusCode === gone) return 'GONE';
  const failingMs = failingSince ? at.getTime() - failingSince.getTime() : 0;
  return next === null && failingMs >= disableAfterMs ? 'FAILING' : null;
}
