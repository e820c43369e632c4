import { Decimal } from '@gastronom/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { CancelRuleName } from './supplier.entity.ts';
import { CancelRule } from './supplier.type.ts';

/** What may be said of a supplier, when it is made and later. */
@InputType()
abstract class SupplierProfileInput {
  @Field(() => String, {
    nullable: true,
    description: 'ISO 4217 code of all its prices, as `SEK`. It stays once there are prices.',
  })
  currency?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'IANA time zone of its cut-offs and windows, as `Europe/Stockholm`.',
  })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: 'What it sells, in its own words: at most 5,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Where customers write to.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Where customers call.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Its own pages: an http or https address.' })
  websiteUrl?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it trades: of one that does not nothing can be ordered.',
  })
  isActive?: boolean | null;

  @Field(() => Decimal, { nullable: true, description: 'Tax in per cent of offers that do not say, 0 to 100.' })
  taxRate?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether prices are with tax, of offers that do not say.' })
  taxIncluded?: boolean | null;

  @Field(() => Decimal, { nullable: true, description: 'The least that an order should come to; null for no minimum.' })
  minimumAmount?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether orders below the minimum are refused, or only remarked on.',
  })
  minimumIsHard?: boolean | null;

  @Field(() => Decimal, { nullable: true, description: 'What a delivery costs; null for nothing.' })
  deliveryFee?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'From what amount on a delivery costs nothing; null for never.',
  })
  deliveryFreeFrom?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many days before a delivery its orders close, 0 to 14.' })
  cutOffDays?: number | null;

  @Field(() => String, { nullable: true, description: 'At what local time they close, as `15:00`.' })
  cutOffTime?: string | null;

  @Field(() => CancelRule, { nullable: true, description: 'Until when who ordered may cancel.' })
  cancelUntil?: CancelRuleName | null;
}

@InputType({ description: 'A supplier to be registered. What is left out takes its default.' })
export class CreateSupplierInput extends SupplierProfileInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Its organization (UUID), of the type SUPPLIER; by default that which the person acts for.',
  })
  organizationId?: string | null;

  @Field(() => String, { description: 'The name it trades under: 1 to 100 characters.' })
  name!: string;
}

@InputType({ description: 'What is to change of a supplier; what is left out stays.' })
export class UpdateSupplierInput extends SupplierProfileInput {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The name it trades under: 1 to 100 characters.' })
  name?: string | null;
}

/** What either says of the supplier's row. */
export type SupplierWish = Omit<UpdateSupplierInput, 'id'>;
