import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type Job, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { type IntegrationsContext, internalContext } from '../context.ts';
import { askForStocks, OneCError, warehouseIdOnWire } from './one-c-client.ts';
import { oneCSecrets } from './one-c-secrets.ts';
import { OneCTriggerRepository } from './one-c-trigger.repository.ts';
import { stockWebhookPath } from './stock-webhook.ts';

const payload = eventPayload(
  z.object({ warehouseId: z.string(), externalId: z.string(), requestedAt: z.iso.datetime({ offset: true }) }),
);

/** Asks 1C for fresh stock of a warehouse. */
const refreshStockJob = defineJob({
  name: 'refresh-stock',
  on: 'StockRefreshRequested',
  payload,
  retries: 3,
  retrySeconds: 1,
  pollSeconds: 1,
});

type RefreshJob = Job<z.infer<typeof payload>>;
type Target = { readonly url: string };

const tooLate = (requestedAt: Date, { settings }: IntegrationsContext): boolean =>
  Date.now() - requestedAt.getTime() > settings.oneC.answerMs;

/** Waits until 1C has room for one more request, and takes it; nothing when the request was not worth the wait. */
async function takeTurn(context: IntegrationsContext, { payload: event, signal }: RefreshJob, token: string) {
  const { concurrency, timeoutMs } = context.settings.oneC;
  const { warehouseId, externalId } = event.data;
  const requestedAt = new Date(event.data.requestedAt);
  const trigger = { eventId: event.id, token, warehouseId, externalId, requestedAt };
  while (!tooLate(requestedAt, context)) {
    const id = await inTransaction(context.manager, (manager) =>
      new OneCTriggerRepository(manager).insertIfFree(trigger, concurrency, timeoutMs + 5_000),
    );
    if (id) return id;
    await sleep(100, undefined, { signal });
  }
  return undefined;
}

/** Sends the request; whether it was taken is written down before anything else can go wrong. */
async function send(context: IntegrationsContext, { url }: Target, job: RefreshJob): Promise<'accepted' | 'too late'> {
  const { oneC } = context.settings;
  const triggers = new OneCTriggerRepository(context.manager);
  const token = randomBytes(24).toString('base64url');
  const id = await takeTurn(context, job, token);
  if (!id) return 'too late';
  let accepted = false;
  try {
    await askForStocks(
      { url, timeoutMs: oneC.timeoutMs },
      {
        warehouse_id_1c: warehouseIdOnWire(job.payload.data.externalId),
        callback_url: `${oneC.publicUrl}${stockWebhookPath}?token=${token}`,
      },
    );
    accepted = true;
  } finally {
    await triggers.updateSent(id, accepted);
  }
  return 'accepted';
}

/** One try. Inventory hears of what became of it: that 1C took the request, or after the last try that it did not. */
async function refresh(context: IntegrationsContext, target: Target, job: RefreshJob): Promise<void> {
  const { id, data } = job.payload;
  const { warehouseId, requestedAt } = data;
  const report = (outcome: 'ACCEPTED' | 'FAILED', reason?: string) =>
    context.inventory.reportStockRefresh({ warehouseId, requestedAt, outcome, ...(reason ? { reason } : {}) });
  const isTaken = (await new OneCTriggerRepository(context.manager).findAccepted(id)) !== null;
  try {
    const sent = isTaken ? 'accepted' : await send(context, target, job);
    if (sent === 'accepted') await report('ACCEPTED');
    else if (job.attempt > 1) await report('FAILED', '1C did not take the request in time.');
    else context.logger.info({ warehouseId, requestedAt }, 'a stock refresh came too late to be worth asking for');
  } catch (error) {
    if (!(error instanceof OneCError) || !job.isLastAttempt) throw error;
    context.logger.warn({ err: error, warehouseId }, '1C was asked for stock in vain');
    await report('FAILED', error.message);
  }
}

/** Asks nobody where ONE_C_URL is not set, and says so once. */
export function createRefreshStock(environment: SubgraphEnvironment): JobImplementation[] {
  const { logger } = environment;
  const { settings } = internalContext(environment, 'start');
  const { url, concurrency } = settings.oneC;
  if (!url) {
    logger.info('ONE_C_URL is not set: 1C is not asked for fresh stock');
    return [];
  }
  if (oneCSecrets(settings).length === 0)
    logger.warn('ONE_C_WEBHOOK_SECRETS is not set: 1C is asked for stock, and refused when it brings it');
  const definition = { ...refreshStockJob, workers: concurrency };
  return [implementJob(definition, (job) => refresh(internalContext(environment, job.id), { url }, job))];
}
