import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../../context.ts';
import { WebhookEventType } from '../webhook-endpoint/webhook-event-type.type.ts';
import type { SentEventType, WebhookDeliveryEntity, WebhookDeliveryStatusName } from './webhook-delivery.entity.ts';
import { type DeliveryFilter, WebhookDeliveryRepository } from './webhook-delivery.repository.ts';
import { WebhookDeliveryConnection, WebhookDeliveryStatus } from './webhook-delivery.type.ts';

interface DeliveryList extends Connection<WebhookDeliveryEntity> {
  readonly endpointId: string;
  readonly filter: DeliveryFilter;
}

@Resolver(() => WebhookDeliveryConnection)
export class WebhookDeliveryListResolver {
  @Query(() => WebhookDeliveryConnection, {
    nullable: true,
    description: 'What an endpoint was told, newest first; null for an endpoint of others, as if there were none.',
  })
  async webhookDeliveries(
    @Ctx() { manager, webhookLoaders }: IntegrationsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('endpointId', () => ID, { description: 'Id of the endpoint.' }) endpointId: string,
    @Arg('status', () => WebhookDeliveryStatus, { nullable: true, description: 'Only those that stand so.' })
    status?: WebhookDeliveryStatusName | null,
    @Arg('eventType', () => WebhookEventType, { nullable: true, description: 'Only those that tell of this.' })
    eventType?: SentEventType | null,
  ): Promise<DeliveryList | null> {
    const sort = `webhook-deliveries:${endpointId}:${status ?? ''}:${eventType ?? ''}`;
    const size = pageSize(first);
    const place = decodeMomentCursor(after, sort);
    const endpoint = isUUID(endpointId) ? await webhookLoaders.endpoints.load(endpointId) : null;
    if (!endpoint) return null;
    const filter = { status: status ?? null, eventType: eventType ?? null };
    const rows = await new WebhookDeliveryRepository(manager).list(endpointId, filter, size + 1, place);
    const cursorOf = (one: WebhookDeliveryEntity) => encodeCursor(sort, [one.createdAt.toISOString(), one.id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), endpointId, filter };
  }

  @FieldResolver(() => Int, { description: 'How many deliveries match. Counted only when asked for.' })
  totalCount(@Ctx() { manager }: IntegrationsContext, @Root() { endpointId, filter }: DeliveryList): Promise<number> {
    return new WebhookDeliveryRepository(manager).count(endpointId, filter);
  }
}
