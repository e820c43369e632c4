import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import type { EntityManager } from 'typeorm';
import { CategoryLoaders } from './category/category.loaders.ts';
import { FavouriteLoaders } from './favourite/favourite.loaders.ts';
import { ProductLoaders } from './product/product.loaders.ts';

export interface CatalogContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly loaders: {
    readonly categories: CategoryLoaders;
    readonly products: ProductLoaders;
    readonly favourites: FavouriteLoaders;
  };
}

export const createCatalogContext =
  ({ dataSource: { manager } }: SubgraphEnvironment) =>
  (request: SubgraphRequest): CatalogContext => ({
    ...request,
    manager,
    loaders: {
      categories: new CategoryLoaders(manager),
      products: new ProductLoaders(manager),
      favourites: new FavouriteLoaders(manager, request.viewer),
    },
  });
