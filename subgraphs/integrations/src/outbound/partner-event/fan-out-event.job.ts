import { randomUUID } from 'node:crypto';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { type Event, eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { DeliveryQueueRepository, type NewDelivery } from '../webhook-delivery/delivery-queue.repository.ts';
import { sendWebhooksJob } from '../webhook-delivery/send-webhooks.ts';
import { webhookBody } from '../webhook-delivery/webhook-body.ts';
import type { PartnerEvent, View } from './partner-event.ts';
import { partnerEvents } from './partner-events.ts';

const fanOutEventJob = defineJob({
  name: 'fan-out-event',
  on: partnerEvents.map(({ on }) => on),
  payload: eventPayload(z.unknown()),
  // A day: longer than it takes to repair what cannot read an event.
  retries: 300,
  retryMaxSeconds: 300,
  batchSize: 100,
});

/** What the parties of an event see of it, in the order in which it counts. */
function viewsOf(payload: Event<unknown>): { event: PartnerEvent; views: View[] } {
  const event = partnerEvents.find(({ on }) => on === payload.type);
  if (!event) throw new Error(`${payload.type} is told to no partner`);
  return { event, views: event.views(payload.data) };
}

type EndpointsOf = DeliveryQueueRepository['listEndpoints'];

/** Events that come together are mostly for the same: each audience is looked up once. */
function endpointsOnce(queue: DeliveryQueueRepository): EndpointsOf {
  const known = new Map<string, ReturnType<EndpointsOf>>();
  return (to, type) => {
    const key = JSON.stringify([to, type]);
    const found = known.get(key) ?? queue.listEndpoints(to, type);
    known.set(key, found);
    return found;
  };
}

/** One for each endpoint of each audience; who is in several sees what the first of them does. */
async function deliveriesOf(endpointsOf: EndpointsOf, payload: Event<unknown>): Promise<NewDelivery[]> {
  const { event, views } = viewsOf(payload);
  const { type, version } = event;
  const deliveries = new Map<string, NewDelivery>();
  for (const { to, data } of views) {
    for (const { id: endpointId } of await endpointsOf(to, type)) {
      if (deliveries.has(endpointId)) continue;
      const id = randomUUID();
      const body = webhookBody({ id, type, version, timestamp: payload.occurredAt, data });
      deliveries.set(endpointId, { id, endpointId, eventId: payload.id, eventType: type, body });
    }
  }
  return [...deliveries.values()];
}

async function fanOut(manager: EntityManager, jobs: JobQueue, payloads: readonly Event<unknown>[]): Promise<void> {
  const queue = new DeliveryQueueRepository(manager);
  const deliveries: NewDelivery[] = [];
  const endpointsOf = endpointsOnce(queue);
  for (const payload of payloads) deliveries.push(...(await deliveriesOf(endpointsOf, payload)));
  if (deliveries.length > 0 && (await queue.insert(deliveries)) > 0) await jobs.send(manager, sendWebhooksJob, {});
}

/**
 * Makes of events what each partner is to be told of them. The same event again makes nothing, so that all that can be
 * read are told even where one cannot: that one is thrown afterwards, and tried again until it is repaired.
 */
export const createFanOutEvent = ({ dataSource, jobs }: SubgraphEnvironment): JobImplementation =>
  implementBatchJob(fanOutEventJob, async (batch) => {
    const unreadable: unknown[] = [];
    const readable = batch.filter(({ payload }) => {
      try {
        return viewsOf(payload).views.length > 0;
      } catch (error) {
        unreadable.push(error);
        return false;
      }
    });
    const payloads = readable.map(({ payload }) => payload);
    await inTransaction(dataSource.manager, (manager) => fanOut(manager, jobs, payloads));
    if (unreadable.length > 0) throw unreadable[0];
  });
