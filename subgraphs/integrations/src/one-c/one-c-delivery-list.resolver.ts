import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeIdCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../context.ts';
import type { OneCDeliveryEntity, OneCDeliveryStatusName } from './one-c-delivery.entity.ts';
import { OneCDeliveryRepository } from './one-c-delivery.repository.ts';
import { OneCDeliveryConnection, OneCDeliveryStatus } from './one-c-delivery.type.ts';

interface OneCDeliveryList extends Connection<OneCDeliveryEntity> {
  readonly status: OneCDeliveryStatusName | null;
}

@Resolver(() => OneCDeliveryConnection)
export class OneCDeliveryListResolver {
  @Query(() => OneCDeliveryConnection, { description: 'What 1C sent to the webhook, newest first. For admins.' })
  async oneCDeliveries(
    @Ctx() { manager }: IntegrationsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('status', () => OneCDeliveryStatus, { nullable: true, description: 'Only deliveries that stand so.' })
    status: OneCDeliveryStatusName | null = null,
  ): Promise<OneCDeliveryList> {
    const sort = `one-c-deliveries:${status ?? ''}`;
    const size = pageSize(first);
    const rows = await new OneCDeliveryRepository(manager).list(status, size + 1, decodeIdCursor(after, sort));
    return { ...toConnection(toPage(rows, size), ({ id }) => encodeCursor(sort, [id]), after), status };
  }

  @FieldResolver(() => Int, { description: 'How many deliveries match. Counted only when asked for.' })
  totalCount(@Ctx() { manager }: IntegrationsContext, @Root() { status }: OneCDeliveryList): Promise<number> {
    return new OneCDeliveryRepository(manager).count(status);
  }
}
