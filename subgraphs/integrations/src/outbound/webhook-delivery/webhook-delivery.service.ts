import { randomUUID } from 'node:crypto';
import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { IntegrationsContext } from '../../context.ts';
import { endpointScopeOf } from '../webhook-endpoint/endpoint-scope.ts';
import type { WebhookEndpointEntity } from '../webhook-endpoint/webhook-endpoint.entity.ts';
import { redeliverError, sendTestError } from '../webhook-endpoint/webhook-endpoint.errors.ts';
import { WebhookEndpointRepository } from '../webhook-endpoint/webhook-endpoint.repository.ts';
import { DeliveryQueueRepository } from './delivery-queue.repository.ts';
import { sendWebhooksJob } from './send-webhooks.ts';
import { webhookBody } from './webhook-body.ts';
import { testEventType, type WebhookDeliveryEntity } from './webhook-delivery.entity.ts';
import { WebhookDeliveryRepository } from './webhook-delivery.repository.ts';

export interface DeliveryAnswer {
  readonly delivery: WebhookDeliveryEntity | null;
  readonly userErrors: readonly UserError[];
}

export interface RedeliveryAnswer {
  readonly count: number;
  readonly userErrors: readonly UserError[];
}

const disabled = 'The endpoint is disabled: enable it first.';
const refused = (error: UserError): DeliveryAnswer => ({ delivery: null, userErrors: [error] });
const notRedelivered = (error: UserError): RedeliveryAnswer => ({ count: 0, userErrors: [error] });

/** Has endpoints told something that no event tells them. */
export class WebhookDeliveryService {
  readonly #context: IntegrationsContext;

  constructor(context: IntegrationsContext) {
    this.#context = context;
  }

  /** Sends what tells nothing, so that a partner sees whether all is set up. */
  async sendTest(endpointId: string): Promise<DeliveryAnswer> {
    const missing = refused(sendTestError('NOT_FOUND', ['endpointId'], 'There is no such endpoint.'));
    return this.#withEndpoint(endpointId, missing, async (manager, { status }) => {
      if (status === 'DISABLED') return refused(sendTestError('ENDPOINT_DISABLED', ['endpointId'], disabled));
      const id = randomUUID();
      const timestamp = new Date().toISOString();
      const data = { message: 'This is a test: nothing happened.' };
      const body = webhookBody({ id, type: testEventType, version: 1, timestamp, data });
      const delivery = { id, endpointId, eventId: randomUUID(), eventType: testEventType, body } as const;
      await new DeliveryQueueRepository(manager).insert([delivery]);
      await this.#context.jobs.send(manager, sendWebhooksJob, {});
      return this.#answer(manager, id);
    });
  }

  /** Sends one again, under the same id, whatever became of it. */
  async redeliver(id: string): Promise<DeliveryAnswer> {
    const missing = refused(redeliverError('NOT_FOUND', ['id'], 'There is no such delivery.'));
    const scope = endpointScopeOf(this.#context.viewer);
    const known = isUUID(id) ? await new WebhookDeliveryRepository(this.#context.manager).find(id, scope) : null;
    if (!known) return missing;
    return this.#withEndpoint(known.endpointId, missing, async (manager, { status }) => {
      if (status === 'DISABLED') return refused(redeliverError('ENDPOINT_DISABLED', ['id'], disabled));
      await new WebhookDeliveryRepository(manager).updateToRedeliver(id);
      await this.#wake(manager, known.endpointId, { deliveryId: id });
      return this.#answer(manager, id);
    });
  }

  /** Sends all again that failed and were made since a moment. */
  async redeliverFailed(endpointId: string, since: Date): Promise<RedeliveryAnswer> {
    const missing = notRedelivered(redeliverError('NOT_FOUND', ['endpointId'], 'There is no such endpoint.'));
    return this.#withEndpoint(endpointId, missing, async (manager, { status }) => {
      if (status === 'DISABLED') return notRedelivered(redeliverError('ENDPOINT_DISABLED', ['endpointId'], disabled));
      const count = await new WebhookDeliveryRepository(manager).updateFailedToRedeliver(endpointId, since);
      if (count > 0) await this.#wake(manager, endpointId, { failedSince: since, count });
      return { count, userErrors: [] };
    });
  }

  async #answer(manager: EntityManager, id: string): Promise<DeliveryAnswer> {
    const scope = endpointScopeOf(this.#context.viewer);
    return { delivery: await new WebhookDeliveryRepository(manager).find(id, scope), userErrors: [] };
  }

  async #wake(manager: EntityManager, id: string, after: Record<string, unknown>): Promise<void> {
    const { jobs } = this.#context;
    await jobs.send(manager, sendWebhooksJob, {});
    const subject = { type: 'WebhookEndpoint', id };
    await recordAudit(jobs, manager, this.#context, { action: 'webhook-delivery.redeliver', subject, after });
  }

  async #withEndpoint<Answer>(
    id: string,
    missing: Answer,
    act: (manager: EntityManager, endpoint: WebhookEndpointEntity) => Promise<Answer>,
  ): Promise<Answer> {
    if (!isUUID(id)) return missing;
    return inTransaction(this.#context.manager, async (manager) => {
      const endpoint = await new WebhookEndpointRepository(manager).lock(id, endpointScopeOf(this.#context.viewer));
      return endpoint ? act(manager, endpoint) : missing;
    });
  }
}
