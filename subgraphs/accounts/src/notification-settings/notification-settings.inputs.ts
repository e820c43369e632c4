import type { ChannelKindName, DigestName, LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import { Language, NotificationChannelKind, NotificationKind } from '@gastronom/shared/notification.type';
import { Field, InputType } from 'type-graphql';
import { Digest } from './notification-settings.type.ts';

@InputType({ description: 'Hours in which only what is urgent comes through.' })
export class QuietHoursInput {
  @Field(() => String, { description: 'Local time at which they begin, as `22:00`.' })
  from!: string;

  @Field(() => String, {
    description: 'Local time at which they end, as `07:30`; the next morning where it is earlier.',
  })
  to!: string;
}

@InputType({ description: 'On which channels one kind of notification goes out.' })
export class NotificationKindSettingsInput {
  @Field(() => NotificationKind, { description: 'The kind of notification.' })
  kind!: NotificationKindName;

  @Field(() => [NotificationChannelKind], {
    description: 'The kinds of channels. None: it is told in the inbox alone.',
  })
  channels!: ChannelKindName[];
}

@InputType({ description: 'What is to be otherwise. What is not given stays.' })
export class UpdateNotificationSettingsInput {
  @Field(() => Language, { nullable: true, description: 'In which language.' })
  language?: LanguageName | null;

  @Field(() => String, { nullable: true, description: 'IANA name of the time zone, as `Europe/Stockholm`.' })
  timeZone?: string | null;

  @Field(() => QuietHoursInput, { nullable: true, description: 'Quiet hours; null: there are none any more.' })
  quietHours?: QuietHoursInput | null;

  @Field(() => Digest, { nullable: true, description: 'Whether messages are gathered.' })
  digest?: DigestName | null;

  @Field(() => String, { nullable: true, description: 'Local time of a daily digest, as `09:00`.' })
  digestAt?: string | null;

  @Field(() => [NotificationKindSettingsInput], {
    nullable: true,
    description: 'Kinds of notification whose channels are to be others; each once.',
  })
  kinds?: NotificationKindSettingsInput[] | null;
}
