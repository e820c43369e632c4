import { DateTime } from '@gastronom/shared/scalars';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { OrderEntity } from './order.entity.ts';

export enum OrderStatus {
  PLACING = 'PLACING',
  AWAITING_APPROVAL = 'AWAITING_APPROVAL',
  AWAITING_PAYMENT = 'AWAITING_PAYMENT',
  PLACED = 'PLACED',
  COMPLETED = 'COMPLETED',
  CANCELLED = 'CANCELLED',
  REFUSED = 'REFUSED',
}
registerEnumType(OrderStatus, {
  name: 'OrderStatus',
  description: 'How far an order is as a whole. Its suppliers’ parts have a status each.',
  valuesConfig: {
    PLACING: { description: 'Goods are being reserved; a matter of moments.' },
    AWAITING_APPROVAL: { description: 'Over the buyer’s spend limit: one of its admins has to approve it.' },
    AWAITING_PAYMENT: { description: 'Goods are reserved; the card has to be charged before the reservation expires.' },
    PLACED: { description: 'The suppliers have it.' },
    COMPLETED: { description: 'Each part has been delivered, rejected or cancelled, at least one delivered.' },
    CANCELLED: { description: 'Each part was cancelled or rejected.' },
    REFUSED: { description: 'Nothing of it could be reserved, or it was not approved or paid in time.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'What a buyer placed at once, with a part for each supplier.' })
export class Order implements Pick<OrderEntity, 'id' | 'number' | 'note' | 'createdAt' | 'placedAt'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'Its number for people, as `2026-000042`.' })
  number!: string;

  @Field(() => OrderStatus, { description: 'How far it is as a whole.' })
  status!: OrderStatus;

  @Field(() => String, { nullable: true, description: 'What the buyer wrote to all suppliers.' })
  note!: string | null;

  @Field(() => DateTime, { description: 'When the buyer asked for it.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it stood: reserved, approved, and paid or on invoice.' })
  placedAt!: Date | null;
}
