import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { CategoryEntity } from './category/category.entity.ts';
import { FavouriteEntity } from './favourite/favourite.entity.ts';
import { SearchFunctions1763690400000 } from './migrations/1763690400000-search-functions.ts';
import { Catalog1763690400001 } from './migrations/1763690400001-catalog.ts';
import { Favourites1763690400002 } from './migrations/1763690400002-favourites.ts';

export const catalogDatabase: SubgraphDatabase = {
  name: 'catalog',
  entities: [CategoryEntity, FavouriteEntity],
  migrations: [SearchFunctions1763690400000, Catalog1763690400001, Favourites1763690400002],
};
