import { Decimal } from '@gastronom/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'The shop’s switch for one product.' })
export class SetProductAvailabilityInput {
  @Field(() => ID, { description: 'Id of the product (UUID).' })
  productId!: string;

  @Field(() => Boolean, { description: 'Whether the shop offers it.' })
  isAvailable!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Why not, for customers to read: at most 500 characters. Forgotten when the product is switched on.',
  })
  reason?: string | null;
}

@InputType({ description: 'The shop’s labels of one product.' })
export class SetProductTagsInput {
  @Field(() => ID, { description: 'Id of the product (UUID).' })
  productId!: string;

  @Field(() => [String], {
    description:
      'All its tags; those it had before are gone. At most 50, each of 1 to 50 characters; repeated ones count once.',
  })
  tags!: string[];
}

@InputType({ description: 'The order of one product’s pictures.' })
export class SetProductImageOrderInput {
  @Field(() => ID, { description: 'Id of the product (UUID).' })
  productId!: string;

  @Field(() => [String], {
    description: 'URLs of its pictures, those to come first; the others follow in 1C’s order. Empty: 1C’s order again.',
  })
  urls!: string[];
}

@InputType({ description: 'A price: an amount with its currency.' })
export class MoneyInput {
  @Field(() => Decimal, { description: 'The amount, not negative, with at most two digits after the point.' })
  amount!: string;

  @Field(() => String, { description: 'ISO 4217 code, as `RUB`.' })
  currencyCode!: string;
}

@InputType({
  description:
    'What the shop wants to say in place of 1C. A field left out stays as it is; null brings 1C’s own value back, as it is by then.',
})
export class SetProductOverridesInput {
  @Field(() => ID, { description: 'Id of the product (UUID).' })
  productId!: string;

  @Field(() => String, { nullable: true, description: 'The name: 1 to 500 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'The description: at most 20,000 characters.' })
  description?: string | null;

  @Field(() => MoneyInput, { nullable: true, description: 'The price.' })
  price?: MoneyInput | null;
}
