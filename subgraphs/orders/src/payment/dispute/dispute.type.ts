import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { DisputeEntity } from './dispute.entity.ts';

export enum DisputeStatus {
  OPEN = 'OPEN',
  WON = 'WON',
  LOST = 'LOST',
}
registerEnumType(DisputeStatus, {
  name: 'PaymentDisputeStatus',
  description: 'How a dispute stands.',
  valuesConfig: {
    OPEN: { description: 'The bank has not decided: evidence is given in Stripe’s dashboard.' },
    WON: { description: 'It took nothing, or gave it back.' },
    LOST: { description: 'The buyer keeps the money; the platform bears it.' },
  },
});

@ObjectType({ description: 'A buyer asked the bank for the money of a payment back.' })
export class PaymentDispute implements Pick<DisputeEntity, 'id' | 'reason' | 'createdAt' | 'closedAt'> {
  @Field(() => ID, { description: 'Stripe’s id.' })
  id!: string;

  @Field(() => DisputeStatus, { description: 'How it stands.' })
  status!: DisputeStatus;

  @Field(() => String, { description: 'Why, in Stripe’s words.' })
  reason!: string;

  @Field(() => DateTime, { description: 'Since when.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null while it is open.' })
  closedAt!: Date | null;
}

@ObjectType({ description: 'Disputes of payments.' })
export class PaymentDisputeConnection extends connectionOf(PaymentDispute, 'PaymentDispute') {}
