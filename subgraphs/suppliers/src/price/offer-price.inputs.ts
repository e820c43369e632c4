import { DateTime, Decimal } from '@gastronom/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A price: for all, or for a group of customers, or for one.' })
export class OfferPriceInput {
  @Field(() => ID, { nullable: true, description: 'The group of customers that it is for (UUID).' })
  groupId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The restaurant that it is for: its organization (UUID).' })
  organizationId?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'From how many packs on it holds; 0 by default. At most 3 decimals.',
  })
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

@InputType({ description: 'The prices of an offer: they take the place of all that were there.' })
export class SetOfferPricesInput {
  @Field(() => ID, { description: 'The offer (UUID).' })
  offerId!: string;

  @Field(() => [OfferPriceInput], { description: 'Its prices, at most 500.' })
  prices!: OfferPriceInput[];
}
