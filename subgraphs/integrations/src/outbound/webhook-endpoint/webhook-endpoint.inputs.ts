import { Field, ID, InputType } from 'type-graphql';
import type { SentEventType } from '../webhook-delivery/webhook-delivery.entity.ts';
import { WebhookEventType } from './webhook-event-type.type.ts';

@InputType({ description: 'An endpoint to be made.' })
export class CreateWebhookEndpointInput {
  @Field(() => String, {
    description: 'Where messages are posted to: https://, on the public internet, at most 2,000 characters.',
  })
  url!: string;

  @Field(() => String, { defaultValue: '', description: 'What it is for, for people: at most 200 characters.' })
  description!: string;

  @Field(() => [WebhookEventType], { description: 'What it is told of: at least one.' })
  eventTypes!: SentEventType[];
}

@InputType({ description: 'What changes of an endpoint; what is left out stays.' })
export class UpdateWebhookEndpointInput {
  @Field(() => ID, { description: 'Id of the endpoint.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Where messages are posted to from now on.' })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for, for people: at most 200 characters.' })
  description?: string | null;

  @Field(() => [WebhookEventType], { nullable: true, description: 'What it is told of from now on: at least one.' })
  eventTypes?: SentEventType[] | null;
}
