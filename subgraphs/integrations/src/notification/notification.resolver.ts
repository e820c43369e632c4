import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeIdCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { DomainError } from '@gastronom/shared/domain-error';
import { isBigintId } from '@gastronom/shared/id';
import type { LanguageName } from '@gastronom/shared/notification';
import { Language } from '@gastronom/shared/notification.type';
import type { Viewer } from '@gastronom/shared/viewer';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../context.ts';
import { linkOf } from './message-of.ts';
import type { NotificationEntity } from './notification.entity.ts';
import { NotificationRepository } from './notification.repository.ts';
import { MarkNotificationsReadPayload, Notification, NotificationConnection } from './notification.type.ts';
import { notificationText } from './texts/texts.ts';

const mostIds = 100;
const languageArgument = 'In which language; in that of the person’s settings by default.';

function userIdOf(viewer: Viewer): string {
  if (viewer.kind === 'user') return viewer.userId;
  throw new DomainError('UNAUTHENTICATED', 'Sign in first.');
}

@Resolver(() => Notification)
export class NotificationResolver {
  @FieldResolver(() => String, { description: 'A line that says it.' })
  title(
    @Root() { kind, params, language }: NotificationEntity,
    @Arg('language', () => Language, { nullable: true, description: languageArgument }) other?: LanguageName | null,
  ): string {
    return notificationText(other ?? language, kind, params).title;
  }

  @FieldResolver(() => String, { description: 'What there is to say of it.' })
  body(
    @Root() { kind, params, language }: NotificationEntity,
    @Arg('language', () => Language, { nullable: true, description: languageArgument }) other?: LanguageName | null,
  ): string {
    return notificationText(other ?? language, kind, params).body;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where the person sees it: the page of a store, or an order (`NOTIFICATION_ORDER_LINK`); null where there is no such page.',
  })
  link(@Root() { params }: NotificationEntity, @Ctx() { channels }: IntegrationsContext): string | null {
    return linkOf(params, channels.settings) ?? null;
  }

  @Mutation(() => MarkNotificationsReadPayload, {
    description: 'Marks notifications of the signed-in person as read. Others than theirs stay as they are.',
  })
  async markNotificationsRead(
    @Ctx() { manager, viewer }: IntegrationsContext,
    @Arg('ids', () => [ID], { nullable: true, description: 'Which, up to 100; all of them by default.' })
    ids?: string[] | null,
  ): Promise<MarkNotificationsReadPayload> {
    if (ids && ids.length > mostIds)
      throw new DomainError('BAD_USER_INPUT', `\`ids\` takes up to ${mostIds} ids, or none for all.`);
    const userId = userIdOf(viewer);
    const notifications = new NotificationRepository(manager);
    await notifications.markRead(userId, ids ? ids.filter(isBigintId) : null);
    return { unreadCount: await notifications.count(userId, true) };
  }
}

type Inbox = Connection<NotificationEntity> & { readonly userId: string; readonly isUnread: boolean };

@Resolver(() => NotificationConnection)
export class NotificationListResolver {
  @Query(() => NotificationConnection, {
    description: 'The inbox of the signed-in person: what they were told, newest first. Kept for 90 days by default.',
  })
  async myNotifications(
    @Ctx() { manager, viewer }: IntegrationsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('unread', () => Boolean, { nullable: true, description: 'true: only what was not read yet.' })
    unread?: boolean | null,
  ): Promise<Inbox> {
    const [userId, isUnread] = [userIdOf(viewer), unread === true];
    const sort = `notifications:${isUnread}`;
    const size = pageSize(first);
    const rows = await new NotificationRepository(manager).list(
      userId,
      isUnread,
      size + 1,
      decodeIdCursor(after, sort),
    );
    return { ...toConnection(toPage(rows, size), ({ id }) => encodeCursor(sort, [id]), after), userId, isUnread };
  }

  @FieldResolver(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount(@Root() { userId, isUnread }: Inbox, @Ctx() { manager }: IntegrationsContext): Promise<number> {
    return new NotificationRepository(manager).count(userId, isUnread);
  }

  @FieldResolver(() => Int, { description: 'How many of all were not read yet. Counted only when asked for.' })
  unreadCount(@Root() { userId }: Inbox, @Ctx() { manager }: IntegrationsContext): Promise<number> {
    return new NotificationRepository(manager).count(userId, true);
  }
}
