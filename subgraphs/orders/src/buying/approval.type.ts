import { Money } from '@gastronom/shared/money.type';
import { DateTime, Decimal } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { User } from '../foreign/parties.type.ts';
import { approvalError, spendLimitError } from './approval.errors.ts';

export enum ApprovalDecision {
  APPROVED = 'APPROVED',
  DECLINED = 'DECLINED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(ApprovalDecision, {
  name: 'ApprovalDecision',
  description: 'What became of the question whether an order may go on.',
  valuesConfig: {
    APPROVED: { description: 'An admin of the buyer approved it.' },
    DECLINED: { description: 'An admin of the buyer declined it.' },
    EXPIRED: { description: 'Nobody decided in time.' },
  },
});

@ObjectType({ description: 'That an order is over its buyer’s spend limit, and what the admins said.' })
export class OrderApproval {
  @Field(() => DateTime, { description: 'Since when it waits.' })
  requestedAt!: Date;

  @Field(() => DateTime, { description: 'Until when it can be approved.' })
  expiresAt!: Date;

  @Field(() => ApprovalDecision, { nullable: true, description: 'What was decided; null while it waits.' })
  decision!: ApprovalDecision | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was decided.' })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was declined, where the admin said so.' })
  reason!: string | null;

  @Field(() => User, { nullable: true, description: 'Who decided; null while it waits, and when it expired.' })
  decidedBy!: User | null;

  @Field(() => Money, { nullable: true, description: 'The limit that it is over, as it was when it was placed.' })
  limit!: Money | null;
}

@InputType({ description: 'What an order may come to before an admin has to approve it.' })
export class SpendLimitInput {
  @Field(() => Decimal, { description: '0 or more, at most 1,000,000,000.' })
  amount!: string;

  @Field(() => String, {
    description: 'ISO 4217 code, as `EUR`. An order in another currency always has to be approved.',
  })
  currencyCode!: string;
}

@ObjectType({ description: 'An order that was approved or declined.' })
export class ApprovalPayload {
  @Field(() => [UserError], { description: approvalError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'A spend limit that was to be set.' })
export class SpendLimitPayload {
  @Field(() => Money, {
    nullable: true,
    description: 'The limit as it is now; null for none, and when it was refused.',
  })
  spendLimit!: Money | null;

  @Field(() => [UserError], { description: spendLimitError.description })
  userErrors!: UserError[];
}
