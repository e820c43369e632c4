import { Directive, Field, ObjectType } from 'type-graphql';
import { SameForAll } from './answer-tag.directive.ts';
import { Decimal } from './scalars.ts';

@Directive('@shareable')
@SameForAll()
@ObjectType({ description: 'An amount of money: exact, with its currency.' })
export class Money {
  @Field(() => Decimal, { description: 'The amount in the currency’s main unit, as a decimal string.' })
  amount!: string;

  @Field(() => String, { description: 'ISO 4217 code, as `RUB`.' })
  currencyCode!: string;
}
