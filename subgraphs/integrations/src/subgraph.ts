import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { createIntegrationsContext } from './context.ts';
import { integrationsDatabase } from './database.ts';
import { buildIntegrationsSchema } from './schema.ts';

export const integrations: SubgraphDefinition = {
  name: 'integrations',
  database: integrationsDatabase,
  buildSchema: buildIntegrationsSchema,
  createContext: createIntegrationsContext,
};
