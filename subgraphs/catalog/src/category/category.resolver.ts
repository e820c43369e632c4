import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { isUUID } from '@gastronom/shared/id';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from '../context.ts';
import type { CategoryEntity } from './category.entity.ts';
import { CategoryRepository } from './category.repository.ts';
import { Category } from './category.type.ts';

const isPresent = <T>(value: T | null): value is T => value !== null;

@Resolver(() => Category)
export class CategoryResolver {
  @SameForAll()
  @Query(() => [Category], { description: 'The roots of the category tree, by sort order and name.' })
  categories(@Ctx() { manager }: CatalogContext): Promise<CategoryEntity[]> {
    return new CategoryRepository(manager).listRoots();
  }

  @SameForAll()
  @Query(() => Category, { nullable: true, description: 'One category; null when there is none with this id.' })
  async category(
    @Ctx() { loaders }: CatalogContext,
    @Arg('id', () => ID, { description: 'Id of the category (UUID).' }) id: string,
  ): Promise<CategoryEntity | null> {
    return isUUID(id) ? loaders.categories.byId.load(id.toLowerCase()) : null;
  }

  @SameForAll()
  @FieldResolver(() => Category, { nullable: true, description: 'The category above; null for a root.' })
  parent(@Root() { parentId }: CategoryEntity, @Ctx() { loaders }: CatalogContext) {
    return parentId === null ? null : loaders.categories.byId.load(parentId);
  }

  @SameForAll()
  @FieldResolver(() => [Category], { description: 'The categories directly below, by sort order and name.' })
  children(@Root() { id }: CategoryEntity, @Ctx() { loaders }: CatalogContext) {
    return loaders.categories.childrenOf.load(id);
  }

  @SameForAll()
  @FieldResolver(() => [Category], {
    description: 'The way from the root to this category, both included: breadcrumbs.',
  })
  async path(@Root() category: CategoryEntity, @Ctx() { loaders }: CatalogContext): Promise<CategoryEntity[]> {
    const ancestors = await Promise.all(
      category.pathIds.map((id) => (id === category.id ? category : loaders.categories.byId.load(id))),
    );
    return ancestors.filter(isPresent).toReversed();
  }
}

/** How the gateway turns references into categories: those of one page are one statement. */
export function resolveCategoryReference(
  { id }: { id?: unknown },
  { loaders }: CatalogContext,
): Promise<CategoryEntity | null> | null {
  return typeof id === 'string' && isUUID(id) ? loaders.categories.byId.load(id.toLowerCase()) : null;
}
