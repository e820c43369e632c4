import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { redeliverError, sendTestError } from '../webhook-endpoint/webhook-endpoint.errors.ts';
import { WebhookEventType } from '../webhook-endpoint/webhook-event-type.type.ts';
import type { WebhookAttemptEntity } from './webhook-attempt.entity.ts';
import type {
  SentEventType,
  WebhookDeliveryEntity,
  WebhookDeliveryStatusName,
  WebhookFailureName,
} from './webhook-delivery.entity.ts';

export enum WebhookDeliveryStatus {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
}
registerEnumType(WebhookDeliveryStatus, {
  name: 'WebhookDeliveryStatus',
  description: 'What became of a delivery.',
  valuesConfig: {
    PENDING: { description: 'It waits for its first try, or for another: see `nextAttemptAt`.' },
    DELIVERED: { description: 'The endpoint answered with 200 to 299.' },
    FAILED: { description: 'All tries of a day failed, or the endpoint was disabled: see `failure`.' },
  },
});

export enum WebhookFailure {
  STATUS = 'STATUS',
  REDIRECT = 'REDIRECT',
  TIMEOUT = 'TIMEOUT',
  CONNECTION = 'CONNECTION',
  UNKNOWN_HOST = 'UNKNOWN_HOST',
  CERTIFICATE = 'CERTIFICATE',
  ADDRESS_REFUSED = 'ADDRESS_REFUSED',
  SECRET_UNREADABLE = 'SECRET_UNREADABLE',
  ENDPOINT_DISABLED = 'ENDPOINT_DISABLED',
}
registerEnumType(WebhookFailure, {
  name: 'WebhookFailure',
  description: 'Why a message did not arrive.',
  valuesConfig: {
    STATUS: { description: 'The answer was none of 200 to 299.' },
    REDIRECT: { description: 'The answer led elsewhere: redirects are not followed. Change the address.' },
    TIMEOUT: { description: 'No answer in time.' },
    CONNECTION: { description: 'The connection could not be made, or broke off.' },
    UNKNOWN_HOST: { description: 'The name is not known.' },
    CERTIFICATE: { description: 'The certificate is not valid for the name, has expired, or nobody vouches for it.' },
    ADDRESS_REFUSED: { description: 'The name stands for an address that is not the public internet’s.' },
    SECRET_UNREADABLE: { description: 'The message could not be signed. Rotate the secret, and tell an admin.' },
    ENDPOINT_DISABLED: { description: 'The endpoint was disabled: nothing was sent.' },
  },
});

@ObjectType('WebhookAttempt', { description: 'One try to deliver a message.' })
export class WebhookAttempt
  implements Pick<WebhookAttemptEntity, 'at' | 'durationMs' | 'statusCode' | 'failure' | 'answer'>
{
  @Field(() => DateTime, { description: 'When it began.' })
  at!: Date;

  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  durationMs!: number;

  @Field(() => Int, { nullable: true, description: 'The HTTP status of the answer; null where nothing was answered.' })
  statusCode!: number | null;

  @Field(() => WebhookFailure, { nullable: true, description: 'Why it failed; null where it did not.' })
  failure!: WebhookFailureName | null;

  @Field(() => String, { nullable: true, description: 'The first 1,024 bytes of what was answered.' })
  answer!: string | null;
}

@ObjectType('WebhookDelivery', { description: 'What one endpoint is told of one event, and what became of it.' })
export class WebhookDelivery
  implements
    Pick<
      WebhookDeliveryEntity,
      'id' | 'eventId' | 'eventType' | 'body' | 'status' | 'failure' | 'nextAttemptAt' | 'createdAt' | 'deliveredAt'
    >
{
  @Field(() => ID, { description: 'Its id, the `webhook-id` of every try.' })
  id!: string;

  @Field(() => ID, { description: 'Id of the event: the same for all who are told of it.' })
  eventId!: string;

  @Field(() => WebhookEventType, { description: 'What it tells of.' })
  eventType!: SentEventType;

  @Field(() => String, { description: 'What is sent, byte for byte: JSON.' })
  body!: string;

  @Field(() => WebhookDeliveryStatus, { description: 'What became of it.' })
  status!: WebhookDeliveryStatusName;

  @Field(() => WebhookFailure, { nullable: true, description: 'Why the last try failed; null where it did not.' })
  failure!: WebhookFailureName | null;

  @Field(() => DateTime, { nullable: true, description: 'When it is tried next; null when it is not.' })
  nextAttemptAt!: Date | null;

  @Field(() => DateTime, { description: 'When it was made, right after the event.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the endpoint took it.' })
  deliveredAt!: Date | null;
}

@ObjectType({ description: 'A page of deliveries, newest first.' })
export class WebhookDeliveryConnection extends connectionOf(WebhookDelivery, 'WebhookDelivery') {
  @Field(() => Int, { description: 'How many deliveries match. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'What came of a test.' })
export class SendTestEventPayload {
  @Field(() => WebhookDelivery, {
    nullable: true,
    description: 'The delivery: read on how it does. Null when refused.',
  })
  delivery!: WebhookDeliveryEntity | null;

  @Field(() => [UserError], { description: sendTestError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'A delivery that was to be sent again.' })
export class RedeliverWebhookPayload {
  @Field(() => WebhookDelivery, { nullable: true, description: 'The delivery, PENDING; null when it was refused.' })
  delivery!: WebhookDeliveryEntity | null;

  @Field(() => [UserError], { description: redeliverError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Deliveries that were to be sent again.' })
export class RedeliverFailedWebhooksPayload {
  @Field(() => Int, { description: 'How many are sent again.' })
  count!: number;

  @Field(() => [UserError], { description: redeliverError.description })
  userErrors!: UserError[];
}
