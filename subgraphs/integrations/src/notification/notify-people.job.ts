import { type Event, eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import {
  approvalRequested,
  deliveryMarked,
  invoiceMatched,
  orderPlaced,
  paymentChanged,
  standingOrderFailed,
  supplierOrderChanged,
  webhookEndpointDisabled,
} from './event-data.ts';
import type { Notices } from './notice.ts';
import {
  ofApprovalRequested,
  ofDeliveryMarked,
  ofInvoiceMatched,
  ofOrderPlaced,
  ofPaymentChanged,
  ofStandingOrderFailed,
  ofSupplierOrderChanged,
  ofWebhookEndpointDisabled,
} from './notices.ts';
import { tell } from './notification.service.ts';
import { ofPriceAlertRaised, ofTrackedUrlFailing, priceAlertRaised, trackedUrlFailing } from './price-notices.ts';

/** Reads the data of one type of event, and says whom it concerns. */
const reader =
  <Data>(data: z.ZodType<Data>, noticesOf: (data: Data) => Notices) =>
  (event: Event<unknown>): Notices =>
    noticesOf(data.parse(event.data));

/** The events that people are told of. */
const readers: Readonly<Record<string, (event: Event<unknown>) => Notices>> = {
  OrderPlaced: reader(orderPlaced, ofOrderPlaced),
  SupplierOrderChanged: reader(supplierOrderChanged, ofSupplierOrderChanged),
  DeliveryMarked: reader(deliveryMarked, ofDeliveryMarked),
  ApprovalRequested: reader(approvalRequested, ofApprovalRequested),
  StandingOrderFailed: reader(standingOrderFailed, ofStandingOrderFailed),
  PaymentChanged: reader(paymentChanged, ofPaymentChanged),
  InvoiceMatched: reader(invoiceMatched, ofInvoiceMatched),
  WebhookEndpointDisabled: reader(webhookEndpointDisabled, ofWebhookEndpointDisabled),
  PriceAlertRaised: reader(priceAlertRaised, ofPriceAlertRaised),
  TrackedUrlFailing: reader(trackedUrlFailing, ofTrackedUrlFailing),
};

/** Tells people of an event. While accounts is down it is tried again for a day. */
const notifyPeopleJob = defineJob({
  name: 'notify-people',
  payload: eventPayload(z.unknown()),
  on: Object.keys(readers),
  workers: 2,
  batchSize: 20,
  retries: 300,
  retrySeconds: 2,
  retryMaxSeconds: 300,
});

export function createNotifyPeople(environment: SubgraphEnvironment): JobImplementation {
  return implementJob(notifyPeopleJob, async ({ id, payload: event }) => {
    const read = readers[event.type];
    if (!read) return;
    const context = internalContext(environment, id);
    await tell(context, event, read(event));
  });
}
