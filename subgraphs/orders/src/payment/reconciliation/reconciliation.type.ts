import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { FindingEntity } from './finding.entity.ts';
import type { ReconciliationEntity } from './reconciliation.entity.ts';

export enum PaymentFindingKind {
  MISSING_HERE = 'MISSING_HERE',
  MISSING_THERE = 'MISSING_THERE',
  DIFFERENT_AMOUNT = 'DIFFERENT_AMOUNT',
}
registerEnumType(PaymentFindingKind, {
  name: 'PaymentFindingKind',
  description: 'How our ledger and Stripe’s balance differ.',
  valuesConfig: {
    MISSING_HERE: { description: 'Stripe’s balance moved, and our ledger does not know why.' },
    MISSING_THERE: { description: 'Our ledger has a movement that Stripe’s balance has not.' },
    DIFFERENT_AMOUNT: { description: 'Both have it, with different amounts.' },
  },
});

@ObjectType({ description: 'A movement of Stripe’s balance that the two books tell differently.' })
export class PaymentFinding implements Pick<FindingEntity, 'balanceTransaction' | 'type' | 'source'> {
  @Field(() => PaymentFindingKind, { description: 'How they differ.' })
  kind!: PaymentFindingKind;

  @Field(() => ID, { description: 'Stripe’s id of the movement, as `txn_…`.' })
  balanceTransaction!: string;

  @Field(() => String, { description: 'Stripe’s word for what it is, or ours where Stripe has none.' })
  type!: string;

  @Field(() => String, { nullable: true, description: 'Stripe’s id of what moved the balance.' })
  source!: string | null;
}

@ObjectType({ description: 'A comparison of our ledger with the movements of Stripe’s balance.' })
export class PaymentReconciliation
  implements Pick<ReconciliationEntity, 'id' | 'fromAt' | 'toAt' | 'compared' | 'healed' | 'finishedAt'>
{
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => DateTime, { description: 'The first moment that it looked at.' })
  fromAt!: Date;

  @Field(() => DateTime, { description: 'The moment before which it stopped.' })
  toAt!: Date;

  @Field(() => Int, { description: 'How many movements of Stripe’s it looked at.' })
  compared!: number;

  @Field(() => Int, { description: 'How many of them it took in, as their webhooks had been lost.' })
  healed!: number;

  @Field(() => DateTime, { description: 'When it was done.' })
  finishedAt!: Date;
}

@ObjectType({ description: 'Comparisons of our ledger with Stripe’s balance.' })
export class PaymentReconciliationConnection extends connectionOf(PaymentReconciliation, 'PaymentReconciliation') {}
