import { DomainError } from '@gastronom/shared/domain-error';
import { channelKinds, notificationKinds, type Recipients } from '@gastronom/shared/notification';
import { Json } from '@gastronom/shared/scalars';
import type { Viewer } from '@gastronom/shared/viewer';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import type { AccountsContext } from '../context.ts';
import type { NotificationSettingsEntity } from './notification-settings.entity.ts';
import { UpdateNotificationSettingsInput } from './notification-settings.inputs.ts';
import { NotificationSettingsRepository, type SettingsValues } from './notification-settings.repository.ts';
import { initialSettings, type SettingsAnswer, updateNotificationSettings } from './notification-settings.service.ts';
import {
  NotificationKindSettings,
  NotificationSettings,
  QuietHours,
  UpdateNotificationSettingsPayload,
} from './notification-settings.type.ts';

const asked = z.object({
  organizationIds: z.array(z.guid()).max(1_000).default([]),
  userIds: z.array(z.guid()).max(1_000).default([]),
  staff: z.boolean().default(false),
});

function userIdOf(viewer: Viewer): string {
  if (viewer.kind === 'user') return viewer.userId;
  throw new DomainError('UNAUTHENTICATED', 'Sign in first.');
}

@Resolver(() => NotificationSettings)
export class NotificationSettingsResolver {
  @Query(() => NotificationSettings, { description: 'How the signed-in person wants to be told what happens.' })
  async myNotificationSettings(
    @Ctx() { manager, viewer, settings }: AccountsContext,
  ): Promise<NotificationSettingsEntity | SettingsValues> {
    const row = await new NotificationSettingsRepository(manager).find(userIdOf(viewer));
    return row ?? initialSettings(settings.notifications);
  }

  @FieldResolver(() => QuietHours, { nullable: true, description: 'Quiet hours; null: none.' })
  quietHours(@Root() { quietFrom, quietTo }: SettingsValues): QuietHours | null {
    return quietFrom && quietTo ? { from: quietFrom, to: quietTo } : null;
  }

  @FieldResolver(() => [NotificationKindSettings], {
    description: 'Every kind of notification, with the kinds of channels it goes out on.',
  })
  kinds(@Root() { kinds }: SettingsValues): NotificationKindSettings[] {
    return notificationKinds.map((kind) => ({ kind, channels: kinds[kind] ?? channelKinds }));
  }

  @Mutation(() => UpdateNotificationSettingsPayload, {
    description: 'Changes how the signed-in person is told; it counts from the next message on.',
  })
  updateNotificationSettings(
    @Ctx() { manager, viewer, settings }: AccountsContext,
    @Arg('input', () => UpdateNotificationSettingsInput, { description: 'What is to be otherwise.' })
    input: UpdateNotificationSettingsInput,
  ): Promise<SettingsAnswer> {
    return updateNotificationSettings(manager, userIdOf(viewer), input, settings.notifications);
  }

  @Directive('@inaccessible')
  @Query(() => Json, {
    description: 'The people who can be told of something, each once, and how each of them wants it.',
  })
  notificationRecipients(
    @Ctx() { manager, settings }: AccountsContext,
    @Arg('input', () => Json, {
      description: '`{ organizationIds, userIds, staff }`: members of organizations, people, those who run the shop.',
    })
    input: unknown,
  ): Promise<Recipients> {
    const parsed = asked.safeParse(input);
    if (!parsed.success) throw new DomainError('BAD_USER_INPUT', z.prettifyError(parsed.error));
    return new NotificationSettingsRepository(manager).listRecipients(parsed.data, settings.notifications);
  }
}
