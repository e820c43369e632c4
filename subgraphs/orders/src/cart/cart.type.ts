import { DateTime, Decimal } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { CartLineEntity } from './cart.entity.ts';
import { cartError } from './cart.errors.ts';

@ObjectType({ description: 'What a buyer means to order. The members of a restaurant share one.' })
export class Cart {}

@ObjectType({ description: 'One offer in a cart.' })
export class CartLine
  implements
    Pick<CartLineEntity, 'id' | 'name' | 'unit' | 'supplierName' | 'note' | 'version' | 'createdAt' | 'updatedAt'>
{
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'The offer’s name when it was put in.' })
  name!: string;

  @Field(() => String, { description: 'In what it is ordered: a pack, as `BOX`.' })
  unit!: string;

  @Field(() => String, { description: 'The supplier’s name when it was put in.' })
  supplierName!: string;

  @Field(() => String, { nullable: true, description: 'What the buyer wrote to it.' })
  note!: string | null;

  @Field(() => Int, { description: 'Raised with each change: see `expectedVersion`.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was put in.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A time at which a supplier delivers.' })
export class DeliveryDay {
  @Field(() => String, { description: 'The day, as `2026-11-24`.' })
  on!: string;

  @Field(() => String, { nullable: true, description: 'From when, as `08:00`; null if at any time.' })
  from!: string | null;

  @Field(() => String, { nullable: true, description: 'Until when, as `12:00`; null if at any time.' })
  to!: string | null;

  @Field(() => DateTime, { description: 'Until when it can be ordered.' })
  cutOffAt!: Date;
}

@ObjectType({ description: 'What of a cart one supplier would deliver, at prices and terms of now.' })
export class CartSupplier {}

@ObjectType({ description: 'The cart after a change.' })
export class CartPayload {
  @Field(() => [UserError], { description: cartError.description })
  userErrors!: UserError[];
}

@ObjectType({ description: 'A line that could not be put into the cart.' })
export class SkippedLine {
  @Field(() => ID, { description: 'The offer’s id.' })
  offerId!: string;

  @Field(() => Decimal, { description: 'How many packs of it were meant.' })
  quantity!: string;

  @Field(() => String, {
    description: 'Why: `UNKNOWN_OFFER`, `NOT_FOR_THIS_BUYER`, `NOT_AVAILABLE` or `NO_PRICE`.',
  })
  code!: string;
}
