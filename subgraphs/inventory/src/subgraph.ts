import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { createInventoryChecks } from './checks.ts';
import { inventoryContext } from './context.ts';
import { inventoryDatabase } from './database.ts';
import { buildInventorySchema } from './schema.ts';
import { createInventoryWorker } from './worker.ts';

export const inventory: SubgraphDefinition = {
  name: 'inventory',
  database: inventoryDatabase,
  buildSchema: buildInventorySchema,
  createContext: inventoryContext,
  createWorker: createInventoryWorker,
  createChecks: createInventoryChecks,
};
