import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { createInventoryContext } from './context.ts';
import { inventoryDatabase } from './database.ts';
import { buildInventorySchema } from './schema.ts';

export const inventory: SubgraphDefinition = {
  name: 'inventory',
  database: inventoryDatabase,
  buildSchema: buildInventorySchema,
  createContext: createInventoryContext,
};
