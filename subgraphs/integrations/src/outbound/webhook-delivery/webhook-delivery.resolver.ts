import { isUUID } from '@gastronom/shared/id';
import { DateTime } from '@gastronom/shared/scalars';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../../context.ts';
import { endpointScopeOf } from '../webhook-endpoint/endpoint-scope.ts';
import type { WebhookEndpointEntity } from '../webhook-endpoint/webhook-endpoint.entity.ts';
import { WebhookEndpoint } from '../webhook-endpoint/webhook-endpoint.type.ts';
import type { WebhookAttemptEntity } from './webhook-attempt.entity.ts';
import type { WebhookDeliveryEntity } from './webhook-delivery.entity.ts';
import { WebhookDeliveryRepository } from './webhook-delivery.repository.ts';
import { type DeliveryAnswer, type RedeliveryAnswer, WebhookDeliveryService } from './webhook-delivery.service.ts';
import {
  RedeliverFailedWebhooksPayload,
  RedeliverWebhookPayload,
  SendTestEventPayload,
  WebhookAttempt,
  WebhookDelivery,
} from './webhook-delivery.type.ts';

@Resolver(() => WebhookDelivery)
export class WebhookDeliveryResolver {
  @Query(() => WebhookDelivery, {
    nullable: true,
    description: 'What one endpoint is told of one event; null for an endpoint of others, as if there were none.',
  })
  async webhookDelivery(
    @Ctx() { manager, viewer }: IntegrationsContext,
    @Arg('id', () => ID, { description: 'Its id, the `webhook-id`.' }) id: string,
  ): Promise<WebhookDeliveryEntity | null> {
    return isUUID(id) ? new WebhookDeliveryRepository(manager).find(id, endpointScopeOf(viewer)) : null;
  }

  @FieldResolver(() => WebhookEndpoint, { nullable: true, description: 'The endpoint that is told.' })
  endpoint(
    @Ctx() { webhookLoaders }: IntegrationsContext,
    @Root() { endpointId }: WebhookDeliveryEntity,
  ): Promise<WebhookEndpointEntity | null> {
    return webhookLoaders.endpoints.load(endpointId);
  }

  @FieldResolver(() => [WebhookAttempt], { description: 'Every try, oldest first.' })
  attempts(
    @Ctx() { webhookLoaders }: IntegrationsContext,
    @Root() { id }: WebhookDeliveryEntity,
  ): Promise<readonly WebhookAttemptEntity[]> {
    return webhookLoaders.attempts.load(id);
  }

  @Mutation(() => SendTestEventPayload, {
    description:
      'Sends an endpoint a `webhook.test`, whatever it asked for, so that its owner sees whether all is set up.',
  })
  sendTestEvent(
    @Ctx() context: IntegrationsContext,
    @Arg('endpointId', () => ID, { description: 'Id of the endpoint.' }) endpointId: string,
  ): Promise<DeliveryAnswer> {
    return new WebhookDeliveryService(context).sendTest(endpointId);
  }

  @Mutation(() => RedeliverWebhookPayload, {
    description: 'Sends a delivery again, at once and under the same id, whatever became of it.',
  })
  redeliverWebhook(
    @Ctx() context: IntegrationsContext,
    @Arg('id', () => ID, { description: 'Id of the delivery.' }) id: string,
  ): Promise<DeliveryAnswer> {
    return new WebhookDeliveryService(context).redeliver(id);
  }

  @Mutation(() => RedeliverFailedWebhooksPayload, {
    description: 'Sends an endpoint all again that FAILED and was made since a moment.',
  })
  redeliverFailedWebhooks(
    @Ctx() context: IntegrationsContext,
    @Arg('endpointId', () => ID, { description: 'Id of the endpoint.' }) endpointId: string,
    @Arg('since', () => DateTime, { description: 'The moment.' }) since: Date,
  ): Promise<RedeliveryAnswer> {
    return new WebhookDeliveryService(context).redeliverFailed(endpointId, since);
  }
}
