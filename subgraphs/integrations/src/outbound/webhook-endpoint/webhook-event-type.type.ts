import { registerEnumType } from 'type-graphql';
import { partnerEvents } from '../partner-event/partner-events.ts';
import type { SentEventType } from '../webhook-delivery/webhook-delivery.entity.ts';

/** In the graph by its name, on the wire and in the database by its value. */
export enum WebhookEventType {
  ORDER_PLACED = 'order.placed',
  ORDER_CHANGED = 'order.changed',
  DELIVERY_MARKED = 'delivery.marked',
  INVOICE_MATCHED = 'invoice.matched',
  PAYMENT_CHANGED = 'payment.changed',
  AVAILABILITY_CHANGED = 'availability.changed',
  WEBHOOK_TEST = 'webhook.test',
}

/** Neither side has a type that the other lacks. */
export type MissingEventTypes =
  | Exclude<SentEventType, `${WebhookEventType}`>
  | Exclude<`${WebhookEventType}`, SentEventType>;
type None<Types extends never> = Types;
export type NoMissingEventTypes = None<MissingEventTypes>;

const describe = (type: `${WebhookEventType}`): string => {
  const event = partnerEvents.find((one) => one.type === type);
  return event
    ? `\`${type}\`: ${event.description} Told: ${event.audience}`
    : '`webhook.test`: what `sendTestEvent` sends.';
};

registerEnumType(WebhookEventType, {
  name: 'WebhookEventType',
  description: 'What a partner can be told of. docs/WEBHOOKS.md says what is sent.',
  valuesConfig: Object.fromEntries(
    Object.entries(WebhookEventType).map(([name, type]) => [name, { description: describe(type) }]),
  ),
});
