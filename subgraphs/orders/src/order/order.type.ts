import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
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

export enum PaymentMethod {
  INVOICE = 'INVOICE',
  CARD = 'CARD',
}
registerEnumType(PaymentMethod, {
  name: 'PaymentMethod',
  description: 'How an order is paid.',
  valuesConfig: {
    INVOICE: { description: 'On invoice terms: each supplier bills what it delivered.' },
    CARD: { description: 'By card, before the suppliers have it.' },
  },
});

export enum OrderRefusal {
  NOT_RESERVED = 'NOT_RESERVED',
  DECLINED = 'DECLINED',
  APPROVAL_EXPIRED = 'APPROVAL_EXPIRED',
  NOT_PAID = 'NOT_PAID',
  NOT_PLACED = 'NOT_PLACED',
}
registerEnumType(OrderRefusal, {
  name: 'OrderRefusal',
  description: 'Why an order came to nothing.',
  valuesConfig: {
    NOT_RESERVED: { description: 'Goods could not be reserved: the lines say which, and what there was.' },
    DECLINED: { description: 'An admin of the buyer declined it.' },
    APPROVAL_EXPIRED: { description: 'Nobody approved it in time.' },
    NOT_PAID: { description: 'It was not paid in time.' },
    NOT_PLACED: { description: 'A fault of ours kept it from being placed. Nothing is reserved for it.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'What a buyer placed at once, with a part for each supplier.' })
export class Order
  implements Pick<OrderEntity, 'id' | 'number' | 'buyerName' | 'currency' | 'note' | 'createdAt' | 'placedAt'>
{
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'Its number for people, as `2026-000042`.' })
  number!: string;

  @Field(() => OrderStatus, { description: 'How far it is as a whole.' })
  status!: OrderStatus;

  @Field(() => OrderRefusal, { nullable: true, description: 'Why it was refused; null for one that was not.' })
  refusal!: OrderRefusal | null;

  @Field(() => String, { nullable: true, description: 'What the buyer was called when it was placed.' })
  buyerName!: string | null;

  @Field(() => PaymentMethod, { description: 'How it is paid.' })
  paymentMethod!: PaymentMethod;

  @Field(() => String, { description: 'ISO 4217 code of all its amounts.' })
  currency!: string;

  @Field(() => String, { nullable: true, description: 'What the buyer wrote to all suppliers.' })
  note!: string | null;

  @Field(() => DateTime, { description: 'When the buyer asked for it.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it stood: reserved, approved, and paid or on invoice.' })
  placedAt!: Date | null;
}

@ObjectType({ description: 'A page of orders, newest first.' })
export class OrderConnection extends connectionOf(Order, 'Order') {
  @Field(() => Int, { description: 'How many orders match. Counted only when asked for.' })
  totalCount?: number;
}
