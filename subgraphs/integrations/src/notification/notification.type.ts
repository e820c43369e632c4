import { connectionOf } from '@gastronom/shared/connection.type';
import type { NotificationKindName } from '@gastronom/shared/notification';
import { NotificationKind } from '@gastronom/shared/notification.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { NotificationEntity } from './notification.entity.ts';

@ObjectType('Notification', { description: 'Something that a person is told, in their inbox.' })
export class Notification
  implements Pick<NotificationEntity, 'id' | 'kind' | 'subjectId' | 'urgent' | 'occurredAt' | 'readAt'>
{
  @Field(() => ID, { description: 'Id of the notification.' })
  id!: string;

  @Field(() => NotificationKind, { description: 'What it is about.' })
  kind!: NotificationKindName;

  @Field(() => ID, {
    description:
      'Id of what it is about: an order, a supplier’s order, a delivery, a payment, an invoice, an endpoint, a tracked product, a tracked store.',
  })
  subjectId!: string;

  @Field(() => Boolean, { description: 'Whether it waits for nothing: no quiet hours, no digest.' })
  urgent!: boolean;

  @Field(() => DateTime, { description: 'When it happened.' })
  occurredAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the person read it; null until then.' })
  readAt!: Date | null;
}

@ObjectType({ description: 'A page of an inbox, newest first.' })
export class NotificationConnection extends connectionOf(Notification, 'Notification') {
  @Field(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount?: number;

  @Field(() => Int, { description: 'How many of all were not read yet. Counted only when asked for.' })
  unreadCount?: number;
}

@ObjectType({ description: 'The inbox after notifications were marked as read.' })
export class MarkNotificationsReadPayload {
  @Field(() => Int, { description: 'How many were not read yet.' })
  unreadCount!: number;
}
