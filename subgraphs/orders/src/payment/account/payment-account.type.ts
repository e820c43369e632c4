import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { PaymentAccountEntity } from './payment-account.entity.ts';
import { onboardingError } from './payment-account.errors.ts';

type Shown = Pick<
  PaymentAccountEntity,
  | 'organizationId'
  | 'country'
  | 'detailsSubmitted'
  | 'chargesEnabled'
  | 'payoutsEnabled'
  | 'transfersEnabled'
  | 'currentlyDue'
  | 'disabledReason'
  | 'checkedAt'
>;

@ObjectType({ description: 'A supplier’s account at Stripe, as Stripe described it last.' })
export class PaymentAccount implements Shown {
  @Field(() => ID, { description: 'Id of the supplier’s organization.' })
  organizationId!: string;

  @Field(() => String, { description: 'Where the supplier is, as ISO 3166 has it: `FI`.' })
  country!: string;

  @Field(() => Boolean, { description: 'Whether the supplier has told Stripe all that it asked for at first.' })
  detailsSubmitted!: boolean;

  @Field(() => Boolean, { description: 'Whether it may charge cards itself; it need not, to be paid by us.' })
  chargesEnabled!: boolean;

  @Field(() => Boolean, { description: 'Whether Stripe pays it out to the supplier’s bank.' })
  payoutsEnabled!: boolean;

  @Field(() => Boolean, { description: 'Whether it can be sent money: until then what is owed waits.' })
  transfersEnabled!: boolean;

  @Field(() => [String], { description: 'What Stripe wants to know still, in Stripe’s words.' })
  currentlyDue!: string[];

  @Field(() => String, { nullable: true, description: 'Why Stripe has shut it, in Stripe’s words.' })
  disabledReason!: string | null;

  @Field(() => DateTime, { description: 'When Stripe said so.' })
  checkedAt!: Date;
}

@ObjectType({ description: 'Money on its way from Stripe to a supplier’s bank.' })
export class SupplierPayout {
  @Field(() => ID, { description: 'Stripe’s id.' })
  id!: string;

  @Field(() => String, {
    description: 'Stripe’s word for how far it is: `pending`, `in_transit`, `paid`, `failed`, `canceled`.',
  })
  status!: string;

  @Field(() => DateTime, { description: 'When it arrives, as Stripe expects.' })
  arrivesAt!: Date;

  @Field(() => String, { nullable: true, description: 'Why it failed, in Stripe’s words.' })
  failure!: string | null;
}

@InputType({ description: 'How a supplier comes to an account at Stripe.' })
export class BeginPaymentOnboardingInput {
  @Field(() => String, { description: 'Where the supplier is, as ISO 3166 has it: `FI`. It cannot be changed later.' })
  country!: string;

  @Field(() => String, { description: 'The page that Stripe leads back to (https).' })
  returnUrl!: string;

  @Field(() => String, { description: 'The page that asks for a new link where this one was used already (https).' })
  refreshUrl!: string;
}

@ObjectType({ description: 'Where a supplier tells Stripe about itself.' })
export class BeginPaymentOnboardingPayload {
  @Field(() => String, { nullable: true, description: 'The page, good for one visit; null where it is refused.' })
  url!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when the page can be opened.' })
  expiresAt!: Date | null;

  @Field(() => PaymentAccount, { nullable: true, description: 'The account.' })
  account!: PaymentAccount | null;

  @Field(() => [UserError], { description: onboardingError.description })
  userErrors!: UserError[];
}
