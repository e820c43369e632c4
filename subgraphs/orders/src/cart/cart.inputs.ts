import { Decimal } from '@gastronom/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { Substitution } from '../supplier-order/supplier-order.type.ts';

@InputType({ description: 'How much of an offer.' })
export class CartLineInput {
  @Field(() => ID, { description: 'The offer’s id; of the shop’s own goods `house:` and the SKU.' })
  offerId!: string;

  @Field(() => Decimal, { description: 'How many packs: above 0, at most 3 decimals.' })
  quantity!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the supplier should know of it: at most 1,000 characters.',
  })
  note?: string | null;
}

@InputType({ description: 'What is to be put into the cart.' })
export class AddToCartInput {
  @Field(() => [CartLineInput], { description: 'At most 500. What is in the cart already gets more.' })
  lines!: CartLineInput[];
}

@InputType({ description: 'How a line of the cart is to be.' })
export class SetCartLineInput {
  @Field(() => ID, { description: 'The line’s id.' })
  lineId!: string;

  @Field(() => Decimal, { nullable: true, description: 'How many packs; 0 removes it. It stays when left out.' })
  quantity?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'At most 1,000 characters; null clears it. It stays when left out.',
  })
  note?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version that was read: when somebody else changed the line meanwhile, nothing is done. Without it, the last writer wins.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'What the buyer wants of one supplier of the cart. What is left out stays.' })
export class SetCartSupplierInput {
  @Field(() => ID, { description: 'The supplier’s id.' })
  supplierId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'One of its delivery days, as `2026-11-24`; null takes the first that is possible.',
  })
  deliverOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Which of that day’s windows, by its beginning, as `08:00`; the first by default.',
  })
  deliverFrom?: string | null;

  @Field(() => Substitution, { nullable: true, description: 'Whether something else may come for what is missing.' })
  substitution?: Substitution | null;

  @Field(() => String, { nullable: true, description: 'At most 1,000 characters; null clears it.' })
  note?: string | null;
}
