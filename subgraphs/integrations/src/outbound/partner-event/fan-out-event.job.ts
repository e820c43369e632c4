import { randomUUID } from 'node:crypto';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { type Event, eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { DeliveryQueueRepository, type NewDelivery } from '../webhook-delivery/delivery-queue.repository.ts';
import { sendWebhooksJob } from '../webhook-delivery/send-webhooks.ts';
import { webhookBody } from '../webhook-delivery/webhook-body.ts';
import type { PartnerEvent } from './partner-event.ts';
import { partnerEvents } from './partner-events.ts';

const fanOutEventJob = defineJob({
  name: 'fan-out-event',
  on: partnerEvents.map(({ on }) => on),
  payload: eventPayload(z.unknown()),
  retries: 20,
  retryMaxSeconds: 300,
});

/** One for each endpoint of each audience; who is in several sees what the first of them does. */
async function deliveriesOf(
  queue: DeliveryQueueRepository,
  { type, version, views }: PartnerEvent,
  event: Event<unknown>,
): Promise<NewDelivery[]> {
  const deliveries = new Map<string, NewDelivery>();
  for (const { to, data } of views(event.data)) {
    for (const { id: endpointId } of await queue.listEndpoints(to, type)) {
      if (deliveries.has(endpointId)) continue;
      const id = randomUUID();
      const body = webhookBody({ id, type, version, timestamp: event.occurredAt, data });
      deliveries.set(endpointId, { id, endpointId, eventId: event.id, eventType: type, body });
    }
  }
  return [...deliveries.values()];
}

/** Makes of an event what each partner is to be told of it. The same event again makes nothing. */
export const createFanOutEvent = ({ dataSource, jobs }: SubgraphEnvironment): JobImplementation =>
  implementJob(fanOutEventJob, async ({ payload }) => {
    const event = partnerEvents.find(({ on }) => on === payload.type);
    if (!event) return;
    await inTransaction(dataSource.manager, async (manager: EntityManager) => {
      const queue = new DeliveryQueueRepository(manager);
      const deliveries = await deliveriesOf(queue, event, payload);
      if (deliveries.length > 0 && (await queue.insert(deliveries)) > 0) await jobs.send(manager, sendWebhooksJob, {});
    });
  });
