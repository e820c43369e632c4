import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { RefundEntity } from './refund.entity.ts';
import { refundError, retryRefundError } from './refund.errors.ts';

export enum RefundStatus {
  PENDING = 'PENDING',
  PROCESSING = 'PROCESSING',
  SUCCEEDED = 'SUCCEEDED',
  FAILED = 'FAILED',
  VOID = 'VOID',
}
registerEnumType(RefundStatus, {
  name: 'RefundStatus',
  description: 'How far money is on its way back.',
  valuesConfig: {
    PENDING: { description: 'Promised; Stripe is about to be asked, or a dispute has to end first.' },
    PROCESSING: { description: 'Stripe is paying it back.' },
    SUCCEEDED: { description: 'Stripe has paid it back.' },
    FAILED: { description: 'Stripe could not pay it back: staff has to see to it (`retryRefund`).' },
    VOID: { description: 'The buyer’s bank had taken the money back already.' },
  },
});

export enum RefundSource {
  CANCELLED = 'CANCELLED',
  REJECTED = 'REJECTED',
  DELIVERY = 'DELIVERY',
  REQUESTED = 'REQUESTED',
  LATE_PAYMENT = 'LATE_PAYMENT',
  DASHBOARD = 'DASHBOARD',
}
registerEnumType(RefundSource, {
  name: 'RefundSource',
  description: 'Why money goes back.',
  valuesConfig: {
    CANCELLED: { description: 'The supplier’s order was cancelled.' },
    REJECTED: { description: 'The supplier rejected it.' },
    DELIVERY: { description: 'Goods did not come, or not in order.' },
    REQUESTED: { description: 'The supplier or staff gave it back.' },
    LATE_PAYMENT: { description: 'It was paid after the order had come to nothing.' },
    DASHBOARD: { description: 'It was made in Stripe’s own dashboard.' },
  },
});

@ObjectType({ description: 'Money that goes back to a buyer.' })
export class Refund implements Pick<RefundEntity, 'id' | 'reason' | 'failure' | 'createdAt'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => RefundStatus, { description: 'How far it is.' })
  status!: RefundStatus;

  @Field(() => RefundSource, { description: 'Why it goes back.' })
  source!: RefundSource;

  @Field(() => String, { nullable: true, description: 'What was said of it.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it failed, in Stripe’s words.' })
  failure!: string | null;

  @Field(() => DateTime, { description: 'When it was promised.' })
  createdAt!: Date;
}

@ObjectType({ description: 'What became of a refund.' })
export class RefundSupplierOrderPayload {
  @Field(() => Boolean, { description: 'Whether the key stood for this refund before.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: refundError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'What became of a refund that had failed.' })
export class RetryRefundPayload {
  @Field(() => [UserError], { description: retryRefundError.description })
  userErrors!: UserError[];
}
