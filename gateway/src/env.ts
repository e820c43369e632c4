import { commaList, flag, processSettings, readSettings, SettingError } from '@gastronom/shared/env';
import { z } from 'zod';

const schema = processSettings.extend({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  SUBGRAPHS: z.enum(['local', 'remote']).optional(),
  ACCOUNTS_URL: z.url().optional(),
  CATALOG_URL: z.url().optional(),
  INVENTORY_URL: z.url().optional(),
  INTEGRATIONS_URL: z.url().optional(),
  SUBGRAPH_TIMEOUT_MS: z.coerce.number().int().min(1).default(10_000),
  BODY_LIMIT_MB: z.coerce.number().positive().max(200).default(10),
  UPLOAD_LIMIT_MB: z.coerce.number().positive().max(200).default(20),
  CLERK_JWT_KEY: z
    .string()
    .transform((pem) => pem.replaceAll('\\n', '\n'))
    .optional(),
  CLERK_ISSUERS: commaList,
  CLERK_AUTHORIZED_PARTIES: commaList,
  CORS_ORIGINS: commaList,
  SANDBOX: flag.optional(),
  DEMO_DATA: flag.default(true),
});

export type GatewaySettings = Omit<z.infer<typeof schema>, 'SANDBOX' | 'SUBGRAPHS'> & {
  readonly production: boolean;
  /** Whether the subgraphs run in processes of their own: said so, or implied by an address of one. */
  readonly remote: boolean;
  /** Whether a browser finds Apollo Sandbox at `/graphql`, and the hosted Sandbox may call. */
  readonly sandbox: boolean;
};

/** The gateway's settings, checked as a whole: production refuses to start on what only development may do. */
export function readGatewaySettings(variables?: NodeJS.ProcessEnv): GatewaySettings {
  const settings = readSettings(schema, variables);
  const production = settings.ENVIRONMENT === 'production';
  if (production && !settings.CLERK_JWT_KEY) {
    throw new SettingError(
      'CLERK_JWT_KEY: must be set in production (Clerk dashboard, API keys, JWT public key in PEM form)',
    );
  }
  if (
    settings.CLERK_JWT_KEY &&
    (settings.CLERK_ISSUERS.length === 0 || settings.CLERK_AUTHORIZED_PARTIES.length === 0)
  ) {
    throw new SettingError(
      'CLERK_ISSUERS and CLERK_AUTHORIZED_PARTIES: must be set together with CLERK_JWT_KEY, or tokens of any origin would pass',
    );
  }
  const { SUBGRAPHS, SANDBOX, ...rest } = settings;
  const addresses = [settings.ACCOUNTS_URL, settings.CATALOG_URL, settings.INVENTORY_URL, settings.INTEGRATIONS_URL];
  const remote = SUBGRAPHS === 'remote' || (SUBGRAPHS === undefined && addresses.some(Boolean));
  return { ...rest, production, remote, sandbox: SANDBOX ?? !production };
}

/**
 * Subgraphs in this process read `PUBLIC_URL` for the addresses that they hand out: 1C's way back, and pictures. Where
 * nobody set it, a development server is found on its own port.
 */
export function defaultPublicUrl({ PORT, production }: GatewaySettings): void {
  if (!production && PORT !== 0) process.env.PUBLIC_URL ||= `http://localhost:${PORT}`;
}
