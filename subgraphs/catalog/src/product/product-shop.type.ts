import { Money } from '@gastronom/shared/money.type';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ObjectType } from 'type-graphql';
import type { ProductEntity } from './product.entity.ts';
import { Product } from './product.type.ts';
import { shopError } from './product-shop.errors.ts';

@ObjectType({ description: 'What the shop says in place of 1C. Null: 1C’s own value stands.' })
export class ProductOverrides {
  @Field(() => String, { nullable: true, description: 'The shop’s name for the goods.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'The shop’s description.' })
  description!: string | null;

  @Field(() => Money, { nullable: true, description: 'The shop’s price.' })
  price!: Money | null;
}

@ObjectType({ description: 'The product with what the shop set.' })
export class SetProductPayload {
  @Field(() => Product, { nullable: true, description: 'The product as it is now; null when the input was refused.' })
  product!: ProductEntity | null;

  @Field(() => [UserError], { description: shopError.description })
  userErrors!: UserError[];
}
