import { resolve } from 'node:path';
import { flag, projectRoot, SettingError } from '@gastronom/shared/env';
import { timeoutVariable } from '@gastronom/shared/subgraph-addresses';
import { z } from 'zod';
import type { DocumentLimits } from '../documents/document-limits.ts';

const limit = (fallback: number) => z.coerce.number().int().min(1).max(10_000_000).default(fallback);
// Timers cannot be set further away than this.
const milliseconds = z.coerce.number().int().min(1).max(2_147_483_647);

/** The settings of `/graphql`, as variables. */
export const graphqlVariables = {
  QUERY_LENGTH_LIMIT: limit(100_000),
  QUERY_TOKEN_LIMIT: limit(2_000),
  QUERY_DEPTH_LIMIT: limit(15),
  QUERY_FIELD_LIMIT: limit(500),
  QUERY_ALIAS_LIMIT: limit(20),
  QUERY_DIRECTIVE_LIMIT: limit(50),
  BATCH_LIMIT: z.coerce.number().int().min(0).max(1_000).default(10),
  PERSISTED_DOCUMENTS: z
    .string()
    .transform((path) => resolve(projectRoot, path))
    .optional(),
  PERSISTED_DOCUMENTS_ONLY: flag.default(false),
  EXECUTOR: z.enum(['own', 'apollo']).default('own'),
  PLANNER: z.enum(['hive', 'apollo']).default('hive'),
  OPERATION_TIMEOUT_MS: milliseconds.default(30_000),
  SUBGRAPH_TIMEOUT_MS: milliseconds.default(10_000),
  SUBGRAPH_CONNECTIONS: z.coerce.number().int().min(1).max(10_000).default(64),
  SUBGRAPH_SHARING: flag.default(true),
  ACCOUNTS_TIMEOUT_MS: milliseconds.optional(),
  CATALOG_TIMEOUT_MS: milliseconds.optional(),
  INVENTORY_TIMEOUT_MS: milliseconds.optional(),
  // A batch of goods is applied while its sender waits.
  INTEGRATIONS_TIMEOUT_MS: milliseconds.default(30_000),
  SUPPLIERS_TIMEOUT_MS: milliseconds.optional(),
  ORDERS_TIMEOUT_MS: milliseconds.optional(),
  PRICE_TRACKING_TIMEOUT_MS: milliseconds.optional(),
};

export type GraphqlSettings = z.infer<z.ZodObject<typeof graphqlVariables>>;

export const documentLimits = (settings: GraphqlSettings): DocumentLimits => ({
  characters: settings.QUERY_LENGTH_LIMIT,
  tokens: settings.QUERY_TOKEN_LIMIT,
  depth: settings.QUERY_DEPTH_LIMIT,
  fields: settings.QUERY_FIELD_LIMIT,
  aliases: settings.QUERY_ALIAS_LIMIT,
  directives: settings.QUERY_DIRECTIVE_LIMIT,
});

/** How long a subgraph may take to answer: its own time where it has one, else that of all. */
export function subgraphTimeout(name: string, settings: GraphqlSettings): number {
  const variable = timeoutVariable(name);
  const own = Object.entries(settings).find(([key]) => key === variable)?.[1];
  return typeof own === 'number' ? own : settings.SUBGRAPH_TIMEOUT_MS;
}

/** Throws where settings make no sense together. */
export function checkGraphqlSettings(settings: GraphqlSettings): void {
  if (settings.PERSISTED_DOCUMENTS_ONLY && !settings.PERSISTED_DOCUMENTS) {
    throw new SettingError(
      'PERSISTED_DOCUMENTS_ONLY: needs PERSISTED_DOCUMENTS, the documents that may run; customers could ask nothing',
    );
  }
}
