import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../context.ts';
import { accessOf } from './channel-owner.ts';
import type { NotificationChannelEntity } from './notification-channel.entity.ts';
import { type ChannelOwner, NotificationChannelRepository } from './notification-channel.repository.ts';
import { NotificationChannelConnection } from './notification-channel.type.ts';

const sort = 'notification-channels';

type ChannelPage = Connection<NotificationChannelEntity> & { readonly owner: ChannelOwner | null };

@Resolver(() => NotificationChannelConnection)
export class NotificationChannelListResolver {
  @Query(() => NotificationChannelConnection, {
    description: 'The channels of the viewer, or of the organization that they act for, newest first.',
  })
  async notificationChannels(
    @Ctx() { manager, viewer }: IntegrationsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('ofOrganization', () => Boolean, {
      nullable: true,
      description: 'Those of the organization; the viewer’s own by default.',
    })
    ofOrganization?: boolean | null,
  ): Promise<ChannelPage> {
    const { userId, organizationId } = accessOf(viewer, 'read');
    const id = ofOrganization ? organizationId : userId;
    const owner = id ? ({ kind: ofOrganization ? 'ORGANIZATION' : 'USER', id } as const) : null;
    const size = pageSize(first);
    const place = decodeMomentCursor(after, sort);
    const rows = owner ? await new NotificationChannelRepository(manager).list(owner, size + 1, place) : [];
    const cursorOf = (row: NotificationChannelEntity) => encodeCursor(sort, [row.createdAt.toISOString(), row.id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), owner };
  }

  @FieldResolver(() => Int, { description: 'How many there are. Counted only when asked for.' })
  totalCount(@Root() { owner }: ChannelPage, @Ctx() { manager }: IntegrationsContext): number | Promise<number> {
    return owner ? new NotificationChannelRepository(manager).count(owner) : 0;
  }
}
