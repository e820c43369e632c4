import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeIdCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { channelKinds } from '@gastronom/shared/notification';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { IntegrationsContext } from '../context.ts';
import { accessOf } from './channel-owner.ts';
import { testChannel } from './channel-test.service.ts';
import type { NotificationAttemptEntity } from './notification-attempt.entity.ts';
import type { NotificationChannelEntity } from './notification-channel.entity.ts';
import { CreateNotificationChannelInput, UpdateNotificationChannelInput } from './notification-channel.inputs.ts';
import { NotificationChannelRepository } from './notification-channel.repository.ts';
import { NotificationChannelService } from './notification-channel.service.ts';
import {
  DeleteNotificationChannelPayload,
  NotificationAttemptConnection,
  NotificationChannel,
  NotificationChannelOption,
  NotificationChannelPayload,
  TestNotificationChannelPayload,
} from './notification-channel.type.ts';

const logSort = 'notification-attempts';
const idArgument = 'Id of the channel.';

@Resolver(() => NotificationChannel)
export class NotificationChannelResolver {
  @Query(() => NotificationChannel, {
    nullable: true,
    description:
      'A channel of the viewer, or of the organization that they act for; null if there is none with this id.',
  })
  async notificationChannel(
    @Ctx() { manager, viewer }: IntegrationsContext,
    @Arg('id', () => ID, { description: idArgument }) id: string,
  ): Promise<NotificationChannelEntity | null> {
    return isUUID(id) ? new NotificationChannelRepository(manager).find(id, accessOf(viewer, 'read')) : null;
  }

  @Query(() => [NotificationChannelOption], {
    description: 'The kinds of channels, and whether this server has the settings that they need.',
  })
  notificationChannelOptions(@Ctx() { channels }: IntegrationsContext): NotificationChannelOption[] {
    return channelKinds.map((kind) => ({ kind, isAvailable: channels.senders.missing(kind) === undefined }));
  }

  @FieldResolver(() => NotificationAttemptConnection, { description: 'The delivery log, newest first.' })
  async log(
    @Root() { id }: NotificationChannelEntity,
    @Ctx() { channelLoaders }: IntegrationsContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<Connection<NotificationAttemptEntity>> {
    const size = pageSize(first);
    const rows = await channelLoaders.attempts(size + 1, decodeIdCursor(after, logSort)).load(id);
    return toConnection(toPage(rows, size), (row) => encodeCursor(logSort, [row.id]), after);
  }

  @Mutation(() => NotificationChannelPayload, {
    description:
      'Makes a channel for the viewer, or for the organization that they act for as an ADMIN; up to 20 an owner. A Telegram chat, and an e-mail address that is not of the viewer’s account, get a code first.',
  })
  createNotificationChannel(
    @Ctx() context: IntegrationsContext,
    @Arg('input', () => CreateNotificationChannelInput, { description: 'The channel.' })
    input: CreateNotificationChannelInput,
  ): Promise<NotificationChannelPayload> {
    return new NotificationChannelService(context).create(input);
  }

  @Mutation(() => NotificationChannelPayload, { description: 'Changes a channel, or switches it on or off.' })
  updateNotificationChannel(
    @Ctx() context: IntegrationsContext,
    @Arg('input', () => UpdateNotificationChannelInput, { description: 'What is to be otherwise.' })
    input: UpdateNotificationChannelInput,
  ): Promise<NotificationChannelPayload> {
    return new NotificationChannelService(context).update(input);
  }

  @Mutation(() => DeleteNotificationChannelPayload, {
    description: 'Deletes a channel with its log, and what waits to go out on it.',
  })
  async deleteNotificationChannel(
    @Ctx() context: IntegrationsContext,
    @Arg('id', () => ID, { description: idArgument }) id: string,
  ): Promise<DeleteNotificationChannelPayload> {
    const { channel, userErrors } = await new NotificationChannelService(context).delete(id);
    return { deletedId: channel?.id ?? null, userErrors };
  }

  @Mutation(() => NotificationChannelPayload, {
    description:
      'Confirms an address or a chat by the code that was sent there. Five wrong ones, and another has to be sent.',
  })
  confirmNotificationChannel(
    @Ctx() context: IntegrationsContext,
    @Arg('id', () => ID, { description: idArgument }) id: string,
    @Arg('code', () => String, { description: 'Six digits.' }) code: string,
  ): Promise<NotificationChannelPayload> {
    return new NotificationChannelService(context).confirm(id, code);
  }

  @Mutation(() => TestNotificationChannelPayload, {
    description:
      'Sends a test, and says what the service answered; every 10 seconds at most. To what is not confirmed yet, another code; every minute.',
  })
  testNotificationChannel(
    @Ctx() context: IntegrationsContext,
    @Arg('id', () => ID, { description: idArgument }) id: string,
  ): Promise<TestNotificationChannelPayload> {
    return testChannel(context, id);
  }
}
