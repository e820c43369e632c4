import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { PartnerEventType } from '../partner-event/partner-event.ts';
import type {
  DisabledBecauseName,
  WebhookEndpointEntity,
  WebhookEndpointStatusName,
} from './webhook-endpoint.entity.ts';
import {
  createEndpointError,
  endpointError,
  rotateSecretError,
  updateEndpointError,
} from './webhook-endpoint.errors.ts';
import { WebhookEventType } from './webhook-event-type.type.ts';

export enum WebhookEndpointStatus {
  ENABLED = 'ENABLED',
  DISABLED = 'DISABLED',
}
registerEnumType(WebhookEndpointStatus, {
  name: 'WebhookEndpointStatus',
  description: 'Whether an endpoint is told anything.',
  valuesConfig: {
    ENABLED: { description: 'It is told what it asked for.' },
    DISABLED: {
      description: 'It is told nothing. What happens meanwhile is kept, and can be redelivered once it is enabled.',
    },
  },
});

export enum WebhookDisabledReason {
  OWNER = 'OWNER',
  GONE = 'GONE',
  FAILING = 'FAILING',
  ORGANIZATION = 'ORGANIZATION',
}
registerEnumType(WebhookDisabledReason, {
  name: 'WebhookDisabledReason',
  description: 'Why an endpoint is told nothing.',
  valuesConfig: {
    OWNER: { description: 'Somebody who keeps it disabled it.' },
    GONE: { description: 'It answered 410: it wants to be told nothing any more.' },
    FAILING: { description: 'Each try failed, for days.' },
    ORGANIZATION: { description: 'Its organization was deleted, or is of another type now.' },
  },
});

const secretDescription =
  'The secret, `whsec_…`, to verify signatures with. It is shown this once: nobody can read it again.';

@ObjectType('WebhookEndpoint', { description: 'An address at which a partner is told what happens.' })
export class WebhookEndpoint
  implements
    Pick<
      WebhookEndpointEntity,
      | 'id'
      | 'organizationId'
      | 'url'
      | 'description'
      | 'eventTypes'
      | 'status'
      | 'disabledBecause'
      | 'disabledAt'
      | 'failingSince'
      | 'formerSecretUntil'
      | 'createdAt'
      | 'updatedAt'
    >
{
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'The organization whose it is; null for the shop’s own.' })
  organizationId!: string | null;

  @Field(() => String, { description: 'Where messages are posted to.' })
  url!: string;

  @Field(() => String, { description: 'What its owner says of it.' })
  description!: string;

  @Field(() => [WebhookEventType], { description: 'What it is told of.' })
  eventTypes!: PartnerEventType[];

  @Field(() => WebhookEndpointStatus, { description: 'Whether it is told anything.' })
  status!: WebhookEndpointStatusName;

  @Field(() => WebhookDisabledReason, { nullable: true, description: 'Why it is disabled; null while it is not.' })
  disabledBecause!: DisabledBecauseName | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when it is disabled.' })
  disabledAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when each try failed; null after one that did not. Days of it disable the endpoint.',
  })
  failingSince!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when the former secret signs too, after a rotation with an overlap.',
  })
  formerSecretUntil!: Date | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of endpoints, newest first.' })
export class WebhookEndpointConnection extends connectionOf(WebhookEndpoint, 'WebhookEndpoint') {
  @Field(() => Int, { description: 'How many endpoints match. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'An endpoint that was to be made.' })
export class CreateWebhookEndpointPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: 'The endpoint; null when it was refused.' })
  endpoint!: WebhookEndpointEntity | null;

  @Field(() => String, { nullable: true, description: secretDescription })
  secret!: string | null;

  @Field(() => [UserError], { description: createEndpointError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'An endpoint that was to be changed.' })
export class UpdateWebhookEndpointPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: 'The endpoint as it is now; null when it was refused.' })
  endpoint!: WebhookEndpointEntity | null;

  @Field(() => [UserError], { description: updateEndpointError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'An endpoint that was to be enabled, disabled or deleted.' })
export class WebhookEndpointPayload {
  @Field(() => WebhookEndpoint, {
    nullable: true,
    description: 'The endpoint as it is now, or was when it was deleted; null where there is none.',
  })
  endpoint!: WebhookEndpointEntity | null;

  @Field(() => [UserError], { description: endpointError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'An endpoint that was to get a new secret.' })
export class RotateWebhookSecretPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: 'The endpoint; null when it was refused.' })
  endpoint!: WebhookEndpointEntity | null;

  @Field(() => String, { nullable: true, description: secretDescription })
  secret!: string | null;

  @Field(() => [UserError], { description: rotateSecretError.description })
  userErrors!: UserError[];
}
