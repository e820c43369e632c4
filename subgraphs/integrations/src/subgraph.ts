import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { integrationsContext } from './context.ts';
import { integrationsDatabase } from './database.ts';
import { partnerEvents } from './outbound/partner-event/partner-events.ts';
import { createIntegrationsRest } from './rest.ts';
import { buildIntegrationsSchema } from './schema.ts';
import { createIntegrationsWorker } from './worker.ts';

export const integrations: SubgraphDefinition = {
  name: 'integrations',
  database: integrationsDatabase,
  buildSchema: buildIntegrationsSchema,
  createContext: integrationsContext,
  createRest: createIntegrationsRest,
  createWorker: createIntegrationsWorker,
  messages: partnerEvents,
};
