import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { CategoryEntity } from '../category/category.entity.ts';
import { Category } from '../category/category.type.ts';
import type { CatalogContext } from '../context.ts';

/** What goods add to a category. */
@Resolver(() => Category)
export class CategoryCountResolver {
  @SameForAll()
  @FieldResolver(() => Int, {
    description: 'How many goods lie in this category and below it. Hidden goods do not count; those out of stock do.',
  })
  productCount(@Root() { id }: CategoryEntity, @Ctx() { loaders }: CatalogContext): Promise<number> {
    return loaders.products.countInCategory.load(id);
  }
}
