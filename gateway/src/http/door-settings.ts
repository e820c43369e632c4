import { commaList, flag, SettingError } from '@gastronom/shared/env';
import { z } from 'zod';
import { readTrustProxy, type TrustProxy } from './trusted-proxy.ts';

const isOrigin = (text: string): boolean =>
  !text.includes('*') &&
  URL.canParse(text) &&
  /^https?:$/.test(new URL(text).protocol) &&
  new URL(text).origin === text;

const seconds = (usual: number, most = 600) => z.coerce.number().min(0.1).max(most).default(usual);

const webAddress = z.url({ protocol: /^https?$/, error: 'takes an http or https address' });

/** The settings of the public door, as variables. */
export const doorVariables = {
  PUBLIC_URL: webAddress.optional(),
  TRUST_PROXY: commaList,
  HTTPS_ONLY: flag.optional(),
  HSTS_SUBDOMAINS: flag.default(false),
  CORS_ORIGINS: commaList.refine((origins) => origins.every(isOrigin), {
    error: 'takes origins as https://shop.example, without a path, separated by commas; neither * nor null',
  }),
  SMALL_BODY_LIMIT_KB: z.coerce
    .number()
    .positive()
    .max(200 * 1024)
    .default(256),
  BODY_LIMIT_MB: z.coerce.number().positive().max(200).default(10),
  UPLOAD_LIMIT_MB: z.coerce.number().positive().max(200).default(20),
  BODIES_IN_HAND_MB: z.coerce.number().positive().max(16_384).default(256),
  HEADERS_TIMEOUT_SECONDS: seconds(15),
  REQUEST_TIMEOUT_SECONDS: seconds(120, 3_600),
  BODY_IDLE_SECONDS: seconds(10),
  MAX_CONNECTIONS: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
  MAX_CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(1).max(1_000_000).default(1_000),
  MAX_REQUESTS_IN_FLIGHT: z.coerce.number().int().min(1).max(100_000).default(1_000),
};

type DoorVariables = z.infer<z.ZodObject<typeof doorVariables>>;

/** What the public door asks of those who come, and what it takes of them. */
export type DoorSettings = {
  /** Whose word on where a request came from is taken; nobody's, if undefined. */
  readonly trustProxy: TrustProxy | undefined;
  readonly httpsOnly: boolean;
  /** Where the outside finds us, without a slash at its end. */
  readonly publicUrl: string | undefined;
};

function trusted({ TRUST_PROXY }: DoorVariables): TrustProxy | undefined {
  if (TRUST_PROXY.length === 0) return undefined;
  const trust = readTrustProxy(TRUST_PROXY);
  if (trust) return trust;
  throw new SettingError(
    'TRUST_PROXY: takes addresses and networks of proxies, as 10.0.0.0/8 or loopback, separated by commas, or a number of hops',
  );
}

/** Checks the door's settings as a whole. HTTPS ends at a proxy: without one that is trusted, none can be told from HTTP. */
export function readDoorSettings(variables: DoorVariables, production: boolean): DoorSettings {
  const { HTTPS_ONLY, PUBLIC_URL } = variables;
  const trustProxy = trusted(variables);
  const isPlain = PUBLIC_URL?.startsWith('http:') ?? false;
  if (HTTPS_ONLY && !trustProxy) {
    throw new SettingError(
      'HTTPS_ONLY: needs TRUST_PROXY, the proxy at which HTTPS ends: who else came by HTTPS cannot be told',
    );
  }
  if (HTTPS_ONLY && isPlain) throw new SettingError('PUBLIC_URL: must begin with https:// where HTTPS_ONLY is set');
  return {
    trustProxy,
    httpsOnly: HTTPS_ONLY ?? (production && trustProxy !== undefined && !isPlain),
    publicUrl: PUBLIC_URL?.replace(/\/+$/, ''),
  };
}
