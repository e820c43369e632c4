import { DateTime, Decimal } from '@gastronom/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { BaseUnitName } from '../offer/offer.entity.ts';
import { BaseUnit } from '../offer/offer.type.ts';

@InputType({ description: 'A list price of an offer.' })
export class ListPriceInput {
  @Field(() => Decimal, { nullable: true, description: 'From how many packs on it holds; 0 by default.' })
  fromQuantity?: string | null;

  @Field(() => Decimal, { description: 'Of one pack, in the supplier’s currency: at most 4 decimals.' })
  amount!: string;

  @Field(() => DateTime, { nullable: true, description: 'From when it holds; null for since ever.' })
  validFrom?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The first moment at which it does not hold any more; null for never.',
  })
  validUntil?: Date | null;
}

@InputType({
  description:
    'An offer, known by the supplier’s own code. What is left out stays as it is; of a new one it takes its default.',
})
export class OfferRowInput {
  @Field(() => String, { description: 'The supplier’s own code: 1 to 100 characters, spaces around it are ignored.' })
  supplierSku!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'SKU of the goods in the catalogue that it is; null for an item of its own. Left out, an offer that stands for no goods yet stands for those whose barcode is its GTIN, if there is exactly one.',
  })
  productSku?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'GTIN of the pack: 8, 12, 13 or 14 digits with a right check digit. Null for none.',
  })
  gtin?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is called: 1 to 300 characters. A new offer needs it.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What is to be said of it: at most 5,000 characters.' })
  description?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What is ordered, as `box`: 1 to 40 characters; by default `pack`.',
  })
  unit?: string | null;

  @Field(() => BaseUnit, { nullable: true, description: 'What a pack’s contents are measured in; pieces by default.' })
  baseUnit?: BaseUnitName | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'How many base units a pack has; 1 by default. At most 3 decimals.',
  })
  packSize?: string | null;

  @Field(() => Decimal, { nullable: true, description: 'What quantities are multiples of, in packs; 1 by default.' })
  multiple?: string | null;

  @Field(() => Decimal, { nullable: true, description: 'The least that can be ordered, in packs; 1 by default.' })
  minimumQuantity?: string | null;

  @Field(() => Decimal, { nullable: true, description: 'Tax in per cent; the supplier’s by default.' })
  taxRate?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether prices are with tax; as the supplier says by default.',
  })
  taxIncluded?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether packs differ in weight, and are paid by the scale.' })
  catchWeight?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'How many days before a delivery it must be ordered, 0 to 365.' })
  leadTimeDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it can be ordered; true by default.' })
  isAvailable?: boolean | null;

  @Field(() => Decimal, { nullable: true, description: 'How many packs there are; null where nobody counts.' })
  stock?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Until when its availability is as said; the opposite holds after it. Null for until it is said otherwise.',
  })
  availabilityUntil?: Date | null;

  @Field(() => String, { nullable: true, description: 'Address of a picture, http or https.' })
  imageUrl?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'Its list price, the only one: takes the place of all list prices.',
  })
  price?: string | null;

  @Field(() => [ListPriceInput], {
    nullable: true,
    description:
      'Its list prices, with quantity breaks and validity: they take the place of all that were there. At most 50; not together with `price`.',
  })
  prices?: ListPriceInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 4217 code of its prices, to make sure: other than the supplier’s it rejects the row.',
  })
  currency?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is taken off the list. Offered again, it comes back.',
  })
  removed?: boolean | null;
}

@InputType({ description: 'Offers of one supplier.' })
export class UpsertOffersInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The supplier (UUID); by default that for whose organization the person acts. API keys must name it.',
  })
  supplierId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      '1 to 200 characters that stand for this call: sent again within 30 days, it gets its first answer again. With other content: IDEMPOTENCY_KEY_REUSED.',
  })
  idempotencyKey?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the rows were read from their source: an offer that a later batch spoke of is left as it is, STALE. Without it rows count as of now. More than 5 minutes ahead of now: BAD_USER_INPUT.',
  })
  observedAt?: Date | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether to tell only what would become of each row.' })
  dryRun!: boolean;

  @Field(() => [OfferRowInput], { description: 'The rows, at most 5,000: more are refused with BAD_USER_INPUT.' })
  items!: OfferRowInput[];
}
