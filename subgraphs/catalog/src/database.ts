import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { CategoryEntity } from './category/category.entity.ts';
import { SearchFunctions1763690400000 } from './migrations/1763690400000-search-functions.ts';
import { Catalog1763690400001 } from './migrations/1763690400001-catalog.ts';

export const catalogDatabase: SubgraphDatabase = {
  name: 'catalog',
  entities: [CategoryEntity],
  migrations: [SearchFunctions1763690400000, Catalog1763690400001],
};
