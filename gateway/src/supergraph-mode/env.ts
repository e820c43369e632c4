import { resolve } from 'node:path';
import { SettingError } from '@gastronom/shared/env';
import { type GatewaySettings, readGatewaySettings } from '../env.ts';

/** As much as each limit takes: here they would measure other people's graphs by our front end. */
const generous = {
  QUERY_LENGTH_LIMIT: '10000000',
  QUERY_TOKEN_LIMIT: '10000000',
  QUERY_DEPTH_LIMIT: '10000000',
  QUERY_FIELD_LIMIT: '10000000',
  QUERY_ALIAS_LIMIT: '10000000',
  QUERY_DIRECTIVE_LIMIT: '10000000',
  MAX_CONNECTIONS: '1000000',
  MAX_CONNECTIONS_PER_ADDRESS: '1000000',
  MAX_REQUESTS_IN_FLIGHT: '100000',
};

/** What is the product's own: its people, its documents, its replicas and its secrets. */
const isOurs = (name: string): boolean => /^(CLERK_|PERSISTED_DOCUMENTS|REDIS_|INTERNAL_SECRET|RATE_LIMIT_)/.test(name);

/**
 * The gateway's settings from the variables of this process alone, not from `.env`, which is the product's; without
 * whatever would ask who somebody is.
 */
export function readSupergraphSettings(port: string | undefined, variables = process.env): GatewaySettings {
  if (variables.ENVIRONMENT === 'production')
    throw new SettingError(
      'ENVIRONMENT: a supergraph of others is served in development only, since nobody is identified',
    );
  const given = Object.fromEntries(Object.entries(variables).filter(([name]) => !isOurs(name)));
  const settings = readGatewaySettings({ ...generous, ...given, ...(port === undefined ? {} : { PORT: port }) });
  return { ...settings, foreign: true };
}

/** A path as the user means it: pnpm runs scripts in the project's root, wherever it was called. */
export const pathFromUser = (path: string, variables = process.env): string =>
  resolve(variables.INIT_CWD ?? process.cwd(), path);
