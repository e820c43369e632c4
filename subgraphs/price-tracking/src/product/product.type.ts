import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { Money } from '@gastronom/shared/money.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Directive, Field, Int, ObjectType } from 'type-graphql';

@Directive('@key(fields: "sku")')
@ObjectType({ description: 'A good, as far as others sell it.' })
export class Product {
  @Field(() => String, { description: '1C’s nomenclature code. Staff links tracked products to goods by it.' })
  sku!: string;

  @Directive('@external')
  @Field(() => Money, { nullable: true, description: 'What the shop asks. The catalogue says so.' })
  price?: Money | null;
}

@SameForAll()
@ObjectType({
  description:
    'What other stores ask for a good, in one currency: of tracked products that staff has linked to it, on pages that were read lately and do not say that it cannot be had. Of a store that has several pages the cheapest counts.',
})
export class MarketPrice {
  @Field(() => Money, { description: 'What the cheapest store asks.' })
  lowest!: Money;

  @Field(() => Money, { description: 'The average over the stores.' })
  average!: Money;

  @Field(() => Int, { description: 'How many stores there are.' })
  stores!: number;

  @Field(() => DateTime, {
    description: 'When the oldest of the prices was read: the figures are at least as new as this.',
  })
  asOf!: Date;
}
