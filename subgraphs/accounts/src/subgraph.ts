import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { accountsContext } from './context.ts';
import { accountsDatabase } from './database.ts';
import { createAccountsRest } from './rest.ts';
import { buildAccountsSchema } from './schema.ts';
import { createAccountsWorker } from './worker.ts';

export const accounts: SubgraphDefinition = {
  name: 'accounts',
  database: accountsDatabase,
  buildSchema: buildAccountsSchema,
  createContext: accountsContext,
  createRest: createAccountsRest,
  createWorker: createAccountsWorker,
};
