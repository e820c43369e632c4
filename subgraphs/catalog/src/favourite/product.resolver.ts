import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from '../context.ts';
import type { ProductEntity } from '../product/product.entity.ts';
import { Product } from '../product/product.type.ts';

/** What favourites add to a product. */
@Resolver(() => Product)
export class FavouriteProductResolver {
  @FieldResolver(() => Boolean, {
    description: 'Whether the viewer marked the product as a favourite; false for those who are not signed in.',
  })
  isFavourite(@Root() { id }: ProductEntity, @Ctx() { loaders }: CatalogContext): Promise<boolean> {
    return loaders.favourites.isMarked.load(id);
  }
}
