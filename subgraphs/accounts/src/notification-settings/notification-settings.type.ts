import type { ChannelKindName, DigestName, LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import { Language, NotificationChannelKind, NotificationKind } from '@gastronom/shared/notification.type';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { NotificationSettingsEntity } from './notification-settings.entity.ts';
import { settingsError } from './notification-settings.errors.ts';

export enum Digest {
  NONE = 'NONE',
  HOURLY = 'HOURLY',
  DAILY = 'DAILY',
}
registerEnumType(Digest, {
  name: 'NotificationDigest',
  description: 'Whether messages are gathered. What is urgent goes out at once in any case.',
  valuesConfig: {
    NONE: { description: 'Each goes out at once.' },
    HOURLY: { description: 'Those of an hour go out together, at the full hour.' },
    DAILY: { description: 'Those of a day go out together, at `digestAt`.' },
  },
});

@ObjectType({ description: 'Hours in which only what is urgent comes through; the rest comes together when they end.' })
export class QuietHours {
  @Field(() => String, { description: 'Local time at which they begin, as `22:00`.' })
  from!: string;

  @Field(() => String, {
    description: 'Local time at which they end, as `07:30`; the next morning where it is earlier.',
  })
  to!: string;
}

@ObjectType({ description: 'On which channels one kind of notification goes out.' })
export class NotificationKindSettings {
  @Field(() => NotificationKind, { description: 'The kind of notification.' })
  kind!: NotificationKindName;

  @Field(() => [NotificationChannelKind], {
    description: 'The kinds of channels; all of them, unless the person chose. The inbox has it in any case.',
  })
  channels!: readonly ChannelKindName[];
}

@ObjectType({ description: 'How a person wants to be told what happens.' })
export class NotificationSettings
  implements Pick<NotificationSettingsEntity, 'language' | 'timeZone' | 'digest' | 'digestAt'>
{
  @Field(() => Language, { description: 'In which language.' })
  language!: LanguageName;

  @Field(() => String, { description: 'IANA name of the time zone in which times of day are meant.' })
  timeZone!: string;

  @Field(() => Digest, { description: 'Whether messages are gathered.' })
  digest!: DigestName;

  @Field(() => String, { description: 'Local time of a daily digest.' })
  digestAt!: string;
}

@ObjectType({ description: 'The settings after a change.' })
export class UpdateNotificationSettingsPayload {
  @Field(() => NotificationSettings, { nullable: true, description: 'The settings; null when the change was refused.' })
  settings!: NotificationSettingsEntity | null;

  @Field(() => [UserError], { description: settingsError.description })
  userErrors!: UserError[];
}
