import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { suppliersContext } from './context.ts';
import { suppliersDatabase } from './database.ts';
import { createSuppliersRest } from './rest.ts';
import { buildSuppliersSchema } from './schema.ts';
import { createSuppliersWorker } from './worker.ts';

export const suppliers: SubgraphDefinition = {
  name: 'suppliers',
  database: suppliersDatabase,
  buildSchema: buildSuppliersSchema,
  createContext: suppliersContext,
  createRest: createSuppliersRest,
  createWorker: createSuppliersWorker,
};
