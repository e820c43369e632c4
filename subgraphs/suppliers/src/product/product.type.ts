import { Money } from '@gastronom/shared/money.type';
import { Decimal } from '@gastronom/shared/scalars';
import { Directive, Field, ObjectType } from 'type-graphql';
import type { BaseUnitName, OfferEntity } from '../offer/offer.entity.ts';
import { BaseUnit, Offer } from '../offer/offer.type.ts';

@Directive('@key(fields: "sku")')
@ObjectType({ description: 'A good, as far as it is offered.' })
export class Product {
  @Field(() => String, { description: '1C’s nomenclature code. Offers point at goods by it.' })
  sku!: string;
}

@ObjectType({ description: 'The cheapest way to a quantity of a good.' })
export class BestOffer {
  @Field(() => Offer, { description: 'The offer.' })
  offer!: OfferEntity;

  @Field(() => Decimal, {
    description:
      'How many packs to order: as many as reach the quantity, up to the next multiple and to the least that can be ordered.',
  })
  quantity!: string;

  @Field(() => Money, { description: 'What they cost, with tax where the offer’s prices are with tax.' })
  total!: Money;

  @Field(() => BaseUnit, { description: 'What the good is measured in here.' })
  baseUnit!: BaseUnitName;

  @Field(() => Money, {
    description:
      'What a base unit of the quantity asked for comes to, without tax, to four decimals: by this offers were compared. What must be bought beyond the quantity is paid for as well.',
  })
  pricePerBaseUnit!: Money;
}
