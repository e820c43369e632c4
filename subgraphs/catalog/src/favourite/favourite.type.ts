import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ObjectType } from 'type-graphql';
import type { ProductEntity } from '../product/product.entity.ts';
import { Product } from '../product/product.type.ts';
import type { FavouriteEntity } from './favourite.entity.ts';
import { favouriteError } from './favourite.errors.ts';

@ObjectType({ description: 'A product that a person marked to find it again.' })
export class Favourite implements Pick<FavouriteEntity, 'addedAt'> {
  @Field(() => DateTime, { description: 'When it was marked.' })
  addedAt!: Date;
}

@ObjectType({ description: 'A page of favourites, last marked first.' })
export class FavouriteConnection extends connectionOf(Favourite, 'Favourite') {}

@ObjectType({ description: 'The product that was marked, or whose mark was taken off.' })
export class FavouritePayload {
  @Field(() => Product, { nullable: true, description: 'The product; null when the input was refused.' })
  product!: ProductEntity | null;

  @Field(() => [UserError], { description: favouriteError.description })
  userErrors!: UserError[];
}
