import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { createCatalogContext } from './context.ts';
import { catalogDatabase } from './database.ts';
import { buildCatalogSchema } from './schema.ts';

export const catalog: SubgraphDefinition = {
  name: 'catalog',
  database: catalogDatabase,
  buildSchema: buildCatalogSchema,
  createContext: createCatalogContext,
};
