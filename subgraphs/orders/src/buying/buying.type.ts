import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime, Decimal } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { SkippedLine } from '../cart/cart.type.ts';
import type { GuideRow } from './buying.repository.ts';
import type { ParEntity } from './par.entity.ts';
import { parError } from './par.errors.ts';

@ObjectType({ description: 'An offer that the buyer has ordered in the last half year.' })
export class OrderGuideItem
  implements Pick<GuideRow, 'offerId' | 'name' | 'unit' | 'supplierName' | 'timesOrdered' | 'lastOrderedAt'>
{
  @Field(() => ID, { description: 'The offer’s id.' })
  offerId!: string;

  @Field(() => String, { description: 'Its name when it was last ordered.' })
  name!: string;

  @Field(() => String, { description: 'In what it was ordered: a pack, as `BOX`.' })
  unit!: string;

  @Field(() => String, { description: 'What the supplier was called then.' })
  supplierName!: string;

  @Field(() => Int, { description: 'In how many orders it was.' })
  timesOrdered!: number;

  @Field(() => DateTime, { description: 'When it was last ordered.' })
  lastOrderedAt!: Date;
}

@ObjectType({
  description:
    'A page of what a buyer usually buys: first what was ordered often and lately. An order counts half as much for each 30 days that it is old.',
})
export class OrderGuideItemConnection extends connectionOf(OrderGuideItem, 'OrderGuideItem') {}

@ObjectType({ description: 'How many packs of an offer the buyer wants to have.' })
export class Par implements Pick<ParEntity, 'offerId' | 'name' | 'unit' | 'supplierName' | 'updatedAt'> {
  @Field(() => ID, { description: 'The offer’s id.' })
  offerId!: string;

  @Field(() => String, { description: 'Its name when the level was set.' })
  name!: string;

  @Field(() => String, { description: 'In what it is ordered: a pack, as `BOX`.' })
  unit!: string;

  @Field(() => String, { description: 'What the supplier was called then.' })
  supplierName!: string;

  @Field(() => DateTime, { description: 'When the level was set.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of par levels, by name.' })
export class ParConnection extends connectionOf(Par, 'Par') {}

@InputType({ description: 'How much of an offer is wanted.' })
export class ParLineInput {
  @Field(() => ID, { description: 'The offer’s id; of the shop’s own goods `house:` and the SKU.' })
  offerId!: string;

  @Field(() => Decimal, {
    description: 'How many packs there should be, with at most 3 decimals; 0 takes the level away.',
  })
  level!: string;
}

@InputType({ description: 'Par levels to be set.' })
export class SetParsInput {
  @Field(() => [ParLineInput], { description: 'At most 500.' })
  lines!: ParLineInput[];
}

@ObjectType({ description: 'Par levels that were to be set.' })
export class SetParsPayload {
  @Field(() => [UserError], { description: parError.description })
  userErrors!: UserError[];
}

@InputType({ description: 'How much of an offer there is.' })
export class CountLineInput {
  @Field(() => ID, { description: 'The offer’s id.' })
  offerId!: string;

  @Field(() => Decimal, { description: 'How many packs there are, with at most 3 decimals.' })
  onHand!: string;
}

@InputType({ description: 'What was counted.' })
export class FillToParInput {
  @Field(() => [CountLineInput], { description: 'At most 500.' })
  lines!: CountLineInput[];
}

@ObjectType({ description: 'The cart after it was filled.' })
export class FillCartPayload {
  @Field(() => [SkippedLine], { description: 'What could not be put in.' })
  skipped!: SkippedLine[];

  @Field(() => [UserError], { description: parError.description })
  userErrors!: UserError[];
}
