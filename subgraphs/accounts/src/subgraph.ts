import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { createAccountsContext } from './context.ts';
import { accountsDatabase } from './database.ts';
import { buildAccountsSchema } from './schema.ts';

export const accounts: SubgraphDefinition = {
  name: 'accounts',
  database: accountsDatabase,
  buildSchema: buildAccountsSchema,
  createContext: createAccountsContext,
};
