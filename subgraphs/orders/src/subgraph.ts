import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { createOrdersChecks } from './checks.ts';
import { ordersContext } from './context.ts';
import { ordersDatabase } from './database.ts';
import { createOrdersRest } from './rest.ts';
import { buildOrdersSchema } from './schema.ts';
import { createOrdersWorker } from './worker.ts';

export const orders: SubgraphDefinition = {
  name: 'orders',
  database: ordersDatabase,
  buildSchema: buildOrdersSchema,
  createContext: ordersContext,
  createRest: createOrdersRest,
  createWorker: createOrdersWorker,
  createChecks: createOrdersChecks,
};
