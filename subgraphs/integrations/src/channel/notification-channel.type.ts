import { connectionOf } from '@gastronom/shared/connection.type';
import type { ChannelKindName, LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import { Language, NotificationChannelKind, NotificationKind } from '@gastronom/shared/notification.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type {
  AttemptOutcomeName,
  AttemptPurposeName,
  NotificationAttemptEntity,
} from './notification-attempt.entity.ts';
import type { ChannelStatusName, NotificationChannelEntity } from './notification-channel.entity.ts';
import { channelError } from './notification-channel.errors.ts';

export enum ChannelStatus {
  ACTIVE = 'ACTIVE',
  UNCONFIRMED = 'UNCONFIRMED',
  OFF = 'OFF',
}
registerEnumType(ChannelStatus, {
  name: 'NotificationChannelStatus',
  description: 'Whether anything goes out on a channel.',
  valuesConfig: {
    ACTIVE: { description: 'It does.' },
    UNCONFIRMED: { description: 'Nothing but a code, which is to be entered by `confirmNotificationChannel`.' },
    OFF: { description: 'Nothing: `offReason` says since what.' },
  },
});

export enum AttemptPurpose {
  NOTIFICATION = 'NOTIFICATION',
  DIGEST = 'DIGEST',
  TEST = 'TEST',
  CONFIRMATION = 'CONFIRMATION',
}
registerEnumType(AttemptPurpose, {
  name: 'NotificationAttemptPurpose',
  description: 'What was sent.',
  valuesConfig: {
    NOTIFICATION: { description: 'One notification.' },
    DIGEST: { description: 'Several that had waited.' },
    TEST: { description: 'A test, by `testNotificationChannel`.' },
    CONFIRMATION: { description: 'The code that confirms an address.' },
  },
});

export enum AttemptOutcome {
  SENT = 'SENT',
  RETRY = 'RETRY',
  FAILED = 'FAILED',
  SWITCHED_OFF = 'SWITCHED_OFF',
}
registerEnumType(AttemptOutcome, {
  name: 'NotificationAttemptOutcome',
  description: 'What came of it.',
  valuesConfig: {
    SENT: { description: 'The service took it.' },
    RETRY: { description: 'It did not, and is asked again at `retryAt`.' },
    FAILED: { description: 'It did not, and is not asked again.' },
    SWITCHED_OFF: { description: 'It said that there is nobody any more: the channel was switched off.' },
  },
});

@ObjectType('NotificationAttempt', { description: 'One try to send something on a channel.' })
export class NotificationAttempt
  implements
    Pick<
      NotificationAttemptEntity,
      'id' | 'purpose' | 'outcome' | 'messages' | 'error' | 'retryAt' | 'tookMs' | 'createdAt'
    >
{
  @Field(() => ID, { description: 'Id of the try.' })
  id!: string;

  @Field(() => AttemptPurpose, { description: 'What was sent.' })
  purpose!: AttemptPurposeName;

  @Field(() => AttemptOutcome, { description: 'What came of it.' })
  outcome!: AttemptOutcomeName;

  @Field(() => Int, { description: 'How many notifications went together.' })
  messages!: number;

  @Field(() => String, { nullable: true, description: 'What went wrong, for people; null where nothing did.' })
  error!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the next try is made.' })
  retryAt!: Date | null;

  @Field(() => Int, { description: 'How long the service took, in milliseconds.' })
  tookMs!: number;

  @Field(() => DateTime, { description: 'When it was.' })
  createdAt!: Date;
}

@ObjectType({ description: 'A page of a delivery log, newest first.' })
export class NotificationAttemptConnection extends connectionOf(NotificationAttempt, 'NotificationAttempt') {}

@ObjectType('NotificationChannel', { description: 'Where a person or an organization wants to be told.' })
export class NotificationChannel
  implements
    Pick<
      NotificationChannelEntity,
      | 'id'
      | 'kind'
      | 'name'
      | 'maskedTarget'
      | 'status'
      | 'offReason'
      | 'kinds'
      | 'language'
      | 'createdAt'
      | 'updatedAt'
    >
{
  @Field(() => ID, { description: 'Id of the channel.' })
  id!: string;

  @Field(() => NotificationChannelKind, { description: 'Its kind, for good.' })
  kind!: ChannelKindName;

  @Field(() => String, { description: 'What its owner calls it.' })
  name!: string;

  @Field(() => String, { description: 'Where it leads, masked: enough to know it again. The rest is never shown.' })
  maskedTarget!: string;

  @Field(() => ChannelStatus, { description: 'Whether anything goes out on it.' })
  status!: ChannelStatusName;

  @Field(() => String, { nullable: true, description: 'Why it is off; null while it is not.' })
  offReason!: string | null;

  @Field(() => [NotificationKind], {
    nullable: true,
    description: 'Of an organization’s channel: what goes there; null: everything. A person’s follow their settings.',
  })
  kinds!: NotificationKindName[] | null;

  @Field(() => Language, { description: 'Of an organization’s channel: in which language.' })
  language!: LanguageName;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of channels, newest first.' })
export class NotificationChannelConnection extends connectionOf(NotificationChannel, 'NotificationChannel') {
  @Field(() => Int, { description: 'How many there are. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'A kind of channel, and whether this server can use it.' })
export class NotificationChannelOption {
  @Field(() => NotificationChannelKind, { description: 'The kind.' })
  kind!: ChannelKindName;

  @Field(() => Boolean, { description: 'Whether channels of this kind can be made.' })
  isAvailable!: boolean;
}

@ObjectType({ description: 'A channel that was to be made or changed.' })
export class NotificationChannelPayload {
  @Field(() => NotificationChannel, { nullable: true, description: 'The channel; null when it was refused.' })
  channel!: NotificationChannelEntity | null;

  @Field(() => String, {
    nullable: true,
    description: 'The secret that signs a webhook, where one was made for it: shown this once.',
  })
  signingSecret?: string | null;

  @Field(() => [UserError], { description: channelError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'A channel that was to be deleted.' })
export class DeleteNotificationChannelPayload {
  @Field(() => ID, { nullable: true, description: 'Its id; null when it was refused.' })
  deletedId!: string | null;

  @Field(() => [UserError], { description: channelError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'What came of a test.' })
export class TestNotificationChannelPayload {
  @Field(() => NotificationAttempt, { nullable: true, description: 'The try; null when it was refused.' })
  attempt!: NotificationAttemptEntity | null;

  @Field(() => [UserError], { description: channelError.description })
  userErrors!: UserError[];
}
