import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { PaymentEntity } from './payment.entity.ts';

export enum PaymentStatus {
  PENDING = 'PENDING',
  FAILED = 'FAILED',
  SUCCEEDED = 'SUCCEEDED',
  DISPUTED = 'DISPUTED',
  CHARGED_BACK = 'CHARGED_BACK',
  PARTLY_REFUNDED = 'PARTLY_REFUNDED',
  REFUNDED = 'REFUNDED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(PaymentStatus, {
  name: 'PaymentStatus',
  description: 'How far a payment by card is.',
  valuesConfig: {
    PENDING: { description: 'The card was not charged yet.' },
    FAILED: { description: 'The card was declined: it may be tried again, or another, until the order is given up.' },
    SUCCEEDED: { description: 'The card was charged.' },
    DISPUTED: { description: 'The buyer’s bank has taken the money, and decides who keeps it.' },
    CHARGED_BACK: { description: 'The buyer’s bank has decided for the buyer.' },
    PARTLY_REFUNDED: { description: 'Some of it was paid back.' },
    REFUNDED: { description: 'All of it was paid back.' },
    CANCELLED: { description: 'It was not paid in time.' },
  },
});

@ObjectType({ description: 'The share of a payment that one supplier’s order is.' })
export class PaymentPart {
  @Field(() => ID, { description: 'Id of the supplier’s order.' })
  supplierOrderId!: string;
}

@ObjectType({ description: 'The payment of an order by card.' })
export class Payment implements Pick<PaymentEntity, 'id' | 'failure' | 'createdAt' | 'succeededAt'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Why the card was declined last, for people.' })
  failure!: string | null;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When the card was charged.' })
  succeededAt!: Date | null;
}

@ObjectType({ description: 'Whether cards can be charged here.' })
export class PaymentSettings {
  @Field(() => Boolean, { description: 'False where orders are on invoice alone.' })
  enabled!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Stripe’s publishable key, for its library on the buyer’s device.',
  })
  publishableKey!: string | null;
}

export enum SettlementStatus {
  HELD = 'HELD',
  WAITING_FOR_ACCOUNT = 'WAITING_FOR_ACCOUNT',
  DUE = 'DUE',
  TRANSFERRED = 'TRANSFERRED',
  NOTHING_DUE = 'NOTHING_DUE',
}
registerEnumType(SettlementStatus, {
  name: 'SettlementStatus',
  description: 'How far the money of a supplier’s order is on its way to the supplier.',
  valuesConfig: {
    HELD: { description: 'Paid by the buyer and kept until the goods are delivered.' },
    WAITING_FOR_ACCOUNT: { description: 'Delivered; the supplier’s account at Stripe cannot take money yet.' },
    DUE: { description: 'Delivered, and about to be sent.' },
    TRANSFERRED: { description: 'Sent to the supplier’s account at Stripe.' },
    NOTHING_DUE: { description: 'Delivered; nothing of it is to be sent, as of what the house sells itself.' },
  },
});

@ObjectType({ description: 'What a supplier has of an order that was paid by card.' })
export class SupplierSettlement {
  @Field(() => DateTime, { nullable: true, description: 'When it was delivered in full, and so the supplier’s.' })
  settledAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why Stripe refused to send it last, in Stripe’s words.' })
  transferFailure!: string | null;
}
