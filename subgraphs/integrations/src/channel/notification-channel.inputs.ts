import type { LanguageName, NotificationKindName } from '@gastronom/shared/notification';
import { Language, NotificationKind } from '@gastronom/shared/notification.type';
import { Field, ID, InputType } from 'type-graphql';
import { NotificationTargetInput } from './notification-target.inputs.ts';

@InputType({ description: 'A channel to be made.' })
export class CreateNotificationChannelInput {
  @Field(() => String, { description: 'What its owner calls it, up to 100 characters.' })
  name!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it belongs to the organization that the viewer acts for, as an ADMIN; to the viewer by default.',
  })
  forOrganization?: boolean | null;

  @Field(() => NotificationTargetInput, { description: 'Where it leads: exactly one of its fields.' })
  target!: NotificationTargetInput;

  @Field(() => [NotificationKind], {
    nullable: true,
    description: 'For organizations: what goes there; everything by default.',
  })
  kinds?: NotificationKindName[] | null;

  @Field(() => Language, {
    nullable: true,
    description: 'For organizations: in which language; the server’s (`DEFAULT_LANGUAGE`) by default.',
  })
  language?: LanguageName | null;
}

@InputType({ description: 'What of a channel is to be otherwise. What is not given stays.' })
export class UpdateNotificationChannelInput {
  @Field(() => ID, { description: 'Id of the channel.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What its owner calls it, up to 100 characters.' })
  name?: string | null;

  @Field(() => NotificationTargetInput, {
    nullable: true,
    description: 'Where it leads, as a whole and of the same kind: what is masked cannot be changed in part.',
  })
  target?: NotificationTargetInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'false switches it off, true on again, also where we switched it off.',
  })
  enabled?: boolean | null;

  @Field(() => [NotificationKind], {
    nullable: true,
    description: 'For organizations: what goes there; null: everything.',
  })
  kinds?: NotificationKindName[] | null;

  @Field(() => Language, { nullable: true, description: 'For organizations: in which language.' })
  language?: LanguageName | null;
}
