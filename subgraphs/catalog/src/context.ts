import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import type { EntityManager } from 'typeorm';
import { CategoryLoaders } from './category/category.loaders.ts';
import { type CatalogSettings, readCatalogSettings } from './env.ts';
import { FavouriteLoaders } from './favourite/favourite.loaders.ts';
import { ProductLoaders } from './product/product.loaders.ts';

export interface CatalogContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  readonly broadcast: Broadcast;
  readonly settings: CatalogSettings;
  readonly loaders: {
    readonly categories: CategoryLoaders;
    readonly products: ProductLoaders;
    readonly favourites: FavouriteLoaders;
  };
}

export function createCatalogContext({ dataSource: { manager }, jobs, broadcast }: SubgraphEnvironment) {
  const settings = readCatalogSettings();
  return (request: SubgraphRequest): CatalogContext => ({
    ...request,
    manager,
    jobs,
    broadcast,
    settings,
    loaders: {
      categories: new CategoryLoaders(manager),
      products: new ProductLoaders(manager),
      favourites: new FavouriteLoaders(manager, request.viewer),
    },
  });
}
