import { Money } from '@gastronom/shared/money.type';
import { DateTime, Decimal } from '@gastronom/shared/scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { OfferPriceEntity, PriceScopeName } from './offer-price.entity.ts';

export enum PriceScope {
  LIST = 'LIST',
  GROUP = 'GROUP',
  CUSTOMER = 'CUSTOMER',
}
registerEnumType(PriceScope, {
  name: 'PriceScope',
  description: 'Whom a price is for. The most specific that holds wins.',
  valuesConfig: {
    LIST: { description: 'Every restaurant.' },
    GROUP: { description: 'The members of a group of customers; the lowest, of one in several.' },
    CUSTOMER: { description: 'One restaurant.' },
  },
});

@ObjectType({ description: 'A price as its supplier set it. For the supplier itself and admins.' })
export class OfferPrice implements Omit<OfferPriceEntity, 'offerId' | 'amount' | 'createdAt'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => PriceScope, { description: 'Whom it is for.' })
  scope!: PriceScopeName;

  @Field(() => ID, { nullable: true, description: 'The group of customers (UUID); null for other scopes.' })
  groupId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The restaurant’s organization (UUID); null for other scopes.' })
  organizationId!: string | null;

  @Field(() => Decimal, { description: 'From how many packs on it holds.' })
  fromQuantity!: string;

  @Field(() => Money, { description: 'Of one pack.' })
  price!: Money;

  @Field(() => DateTime, { nullable: true, description: 'From when it holds; null for since ever.' })
  validFrom!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The first moment at which it does not hold any more; null for never.',
  })
  validUntil!: Date | null;
}

@ObjectType({ description: 'What a pack costs the viewer from a quantity on.' })
export class QuantityPrice {
  @Field(() => Decimal, { description: 'From how many packs on.' })
  fromQuantity!: string;

  @Field(() => Money, { description: 'Of one pack.' })
  price!: Money;
}
