import { flag, processSettings, readSettings } from '@gastronom/shared/env';
import { addressVariables } from '@gastronom/shared/subgraph-addresses';
import { z } from 'zod';
import { checkGraphqlSettings, graphqlVariables } from './graphql/graphql-settings.ts';
import { type DoorSettings, doorVariables, readDoorSettings } from './http/door-settings.ts';
import { type ClerkSettings, clerkVariables, readClerkSettings } from './identity/clerk-settings.ts';
import { limitVariables, readAllowances } from './limits/limit-settings.ts';
import type { Allowances } from './limits/rate-limits.ts';
import { liveVariables } from './live/live-settings.ts';
import { readersFirstVariables } from './readers-first/readers-first-settings.ts';
import { sharingVariables } from './sharing/sharing-settings.ts';
import { workerVariables } from './workers/worker-settings.ts';

const schema = processSettings.extend({
  ...clerkVariables,
  ...graphqlVariables,
  ...limitVariables,
  ...doorVariables,
  ...liveVariables,
  ...workerVariables,
  ...sharingVariables,
  ...readersFirstVariables,
  ...addressVariables,
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  SUBGRAPHS: z.enum(['local', 'remote']).optional(),
  SANDBOX: flag.optional(),
  DEMO_DATA: flag.default(true),
});

export type GatewaySettings = Omit<z.infer<typeof schema>, 'SANDBOX' | 'SUBGRAPHS'> &
  DoorSettings & {
    readonly production: boolean;
    /** Undefined in development, which then signs its own tokens. */
    readonly clerk: ClerkSettings | undefined;
    /** Whether the subgraphs run in processes of their own: said so, or implied by an address of one. */
    readonly remote: boolean;
    /** Whether a browser finds Apollo Sandbox at `/graphql`, and the hosted Sandbox may call. */
    readonly sandbox: boolean;
    /** Whether the subgraphs are not ours: what they say of their errors is then left as it is. */
    readonly foreign?: boolean;
    /** What callers may spend. */
    readonly allowances: Allowances;
  };

/** The gateway's settings, checked as a whole: production refuses to start on what only development may do. */
export function readGatewaySettings(variables?: NodeJS.ProcessEnv): GatewaySettings {
  const settings = readSettings(schema, variables);
  const production = settings.ENVIRONMENT === 'production';
  const clerk = readClerkSettings(settings, production);
  checkGraphqlSettings(settings);
  const { SUBGRAPHS, SANDBOX, ...rest } = settings;
  const addresses = Object.keys(addressVariables) as (keyof typeof addressVariables)[];
  const hasAddress = addresses.some((name) => settings[name] !== undefined);
  const remote = SUBGRAPHS === 'remote' || (SUBGRAPHS === undefined && hasAddress);
  const allowances = readAllowances(settings, production);
  return {
    ...rest,
    ...readDoorSettings(settings, production),
    allowances,
    clerk,
    production,
    remote,
    sandbox: SANDBOX ?? !production,
  };
}

/**
 * Subgraphs in this process read `PUBLIC_URL` for the addresses that they hand out: 1C's way back, and pictures. Where
 * nobody set it, a development server is found on its own port.
 */
export function defaultPublicUrl({ PORT, production }: GatewaySettings): void {
  if (!production && PORT !== 0 && !process.env.PUBLIC_URL_FILE) process.env.PUBLIC_URL ||= `http://localhost:${PORT}`;
}

/**
 * Apollo's gateway reports its use to its makers, and asks the addresses of clouds whether it runs in one, unless this
 * is set. It may be set to `false`.
 */
export function withoutTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED ||= 'true';
}
