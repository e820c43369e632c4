import { isUUID } from '@gastronom/shared/id';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { IntegrationsContext } from '../../context.ts';
import { endpointScopeOf } from './endpoint-scope.ts';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity.ts';
import { CreateWebhookEndpointInput, UpdateWebhookEndpointInput } from './webhook-endpoint.inputs.ts';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.ts';
import { type EndpointAnswer, type SecretAnswer, WebhookEndpointService } from './webhook-endpoint.service.ts';
import {
  CreateWebhookEndpointPayload,
  RotateWebhookSecretPayload,
  UpdateWebhookEndpointPayload,
  WebhookEndpoint,
  WebhookEndpointPayload,
} from './webhook-endpoint.type.ts';

@Resolver(() => WebhookEndpoint)
export class WebhookEndpointResolver {
  @Query(() => WebhookEndpoint, {
    nullable: true,
    description:
      'An endpoint that the viewer keeps: of the organization that they act for as its ADMIN; of the shop, for staff; any, for admins. Null for one of others, as if there were none.',
  })
  async webhookEndpoint(
    @Ctx() { manager, viewer }: IntegrationsContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<WebhookEndpointEntity | null> {
    return isUUID(id) ? new WebhookEndpointRepository(manager).find(id, endpointScopeOf(viewer)) : null;
  }

  @Mutation(() => CreateWebhookEndpointPayload, {
    description:
      'Makes an endpoint for the organization that the person acts for as its ADMIN; otherwise, for staff, for the shop.',
  })
  createWebhookEndpoint(
    @Ctx() context: IntegrationsContext,
    @Arg('input', () => CreateWebhookEndpointInput, { description: 'The endpoint.' }) input: CreateWebhookEndpointInput,
  ): Promise<SecretAnswer> {
    return new WebhookEndpointService(context).create(input);
  }

  @Mutation(() => UpdateWebhookEndpointPayload, {
    description: 'Changes where an endpoint is and what it is told of. What waits goes to the new address.',
  })
  updateWebhookEndpoint(
    @Ctx() context: IntegrationsContext,
    @Arg('input', () => UpdateWebhookEndpointInput, { description: 'What changes.' }) input: UpdateWebhookEndpointInput,
  ): Promise<EndpointAnswer> {
    const { id, ...wish } = input;
    return new WebhookEndpointService(context).update(id, wish);
  }

  @Mutation(() => WebhookEndpointPayload, {
    description:
      'Has an endpoint told again from now on. What it missed is sent when asked for: `redeliverFailedWebhooks`.',
  })
  enableWebhookEndpoint(
    @Ctx() context: IntegrationsContext,
    @Arg('id', () => ID, { description: 'Id of the endpoint.' }) id: string,
  ): Promise<EndpointAnswer> {
    return new WebhookEndpointService(context).enable(id);
  }

  @Mutation(() => WebhookEndpointPayload, {
    description: 'Has an endpoint told nothing any more. What waits for it, and what happens, is kept.',
  })
  disableWebhookEndpoint(
    @Ctx() context: IntegrationsContext,
    @Arg('id', () => ID, { description: 'Id of the endpoint.' }) id: string,
  ): Promise<EndpointAnswer> {
    return new WebhookEndpointService(context).disable(id);
  }

  @Mutation(() => WebhookEndpointPayload, { description: 'Deletes an endpoint, with the log of its deliveries.' })
  deleteWebhookEndpoint(
    @Ctx() context: IntegrationsContext,
    @Arg('id', () => ID, { description: 'Id of the endpoint.' }) id: string,
  ): Promise<EndpointAnswer> {
    return new WebhookEndpointService(context).delete(id);
  }

  @Mutation(() => RotateWebhookSecretPayload, {
    description:
      'Gives an endpoint a new secret. For the overlap each message carries a signature by the former one too, so that the partner changes over when it likes.',
  })
  rotateWebhookSecret(
    @Ctx() context: IntegrationsContext,
    @Arg('id', () => ID, { description: 'Id of the endpoint.' }) id: string,
    @Arg('overlapHours', () => Int, {
      defaultValue: 24,
      description: 'For how many hours the former secret signs too: 0 to 168.',
    })
    overlapHours: number,
  ): Promise<SecretAnswer> {
    return new WebhookEndpointService(context).rotate(id, overlapHours);
  }
}
