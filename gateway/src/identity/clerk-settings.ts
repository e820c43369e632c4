import { commaList, SettingError } from '@gastronom/shared/env';
import type { Logger } from '@gastronom/shared/logger';
import { z } from 'zod';
import { publishedKeys } from './jwks.ts';
import type { ClaimRules } from './session-claims.ts';
import { pemKey, type SigningKeys } from './signing-keys.ts';

const claimPath = z.string().regex(/^\S{1,200}$/, 'takes the name of a claim, as metadata.role');

/** What the environment says of Clerk. */
export const clerkVariables = {
  CLERK_JWT_KEY: z.string().optional(),
  CLERK_JWKS_URL: z.url({ protocol: /^https?$/, error: 'takes an http or https address' }).optional(),
  CLERK_ISSUERS: commaList,
  CLERK_AUTHORIZED_PARTIES: commaList,
  CLERK_AUDIENCES: commaList,
  CLERK_ROLE_CLAIM: claimPath.optional(),
  CLERK_EMAIL_CLAIM: claimPath.default('email'),
  CLERK_NAME_CLAIM: claimPath.default('name'),
};

type Variables = z.infer<z.ZodObject<typeof clerkVariables>>;

/** Whose tokens count, and how to come by the keys that prove it. */
export interface ClerkSettings extends ClaimRules {
  openKeys(logger: Logger): SigningKeys;
}

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

/** Keys that come over an open line are anybody's keys. */
function checkLine(setting: string, url: string, production: boolean): void {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new SettingError(`${setting}: takes http or https addresses, as https://clerk.example.com; ${url} is none`);
  const { protocol, hostname } = new URL(url);
  if (production && protocol === 'http:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))
    throw new SettingError(`${setting}: must begin with https in production, since the signing keys come from there`);
}

function keysOf(settings: Variables, issuers: readonly string[], production: boolean): ClerkSettings['openKeys'] {
  const { CLERK_JWT_KEY: pem, CLERK_JWKS_URL: url } = settings;
  if (pem) {
    const key = pemKey(pem);
    return () => key;
  }
  if (url) {
    checkLine('CLERK_JWKS_URL', url, production);
    return (logger) => publishedKeys(() => url, logger);
  }
  for (const issuer of issuers) checkLine('CLERK_ISSUERS', issuer, production);
  return (logger) => publishedKeys((issuer) => `${issuer}/.well-known/jwks.json`, logger);
}

/**
 * Undefined where nothing is said of Clerk: development then signs its own tokens. Half of what is needed stops the start,
 * as it would let in the tokens of others, or nobody.
 */
export function readClerkSettings(settings: Variables, production: boolean): ClerkSettings | undefined {
  const issuers = settings.CLERK_ISSUERS.map(withoutSlash);
  const authorizedParties = settings.CLERK_AUTHORIZED_PARTIES.map(withoutSlash);
  const { CLERK_JWT_KEY, CLERK_JWKS_URL } = settings;
  if (!CLERK_JWT_KEY && !CLERK_JWKS_URL && issuers.length === 0) {
    if (production)
      throw new SettingError(
        'CLERK_JWT_KEY or CLERK_ISSUERS: must be set in production (Clerk dashboard, API keys: the JWT public key in PEM form, and the Frontend API URL as the issuer)',
      );
    if (authorizedParties.length === 0) return undefined;
  }
  if (CLERK_JWT_KEY && CLERK_JWKS_URL)
    throw new SettingError('CLERK_JWT_KEY and CLERK_JWKS_URL: only one of the two may be set');
  if (issuers.length === 0 || authorizedParties.length === 0) {
    throw new SettingError(
      'CLERK_ISSUERS and CLERK_AUTHORIZED_PARTIES: must both be set for Clerk, or tokens of any origin would pass',
    );
  }
  return {
    issuers,
    authorizedParties,
    audiences: settings.CLERK_AUDIENCES,
    roleClaim: settings.CLERK_ROLE_CLAIM,
    emailClaim: settings.CLERK_EMAIL_CLAIM,
    nameClaim: settings.CLERK_NAME_CLAIM,
    openKeys: keysOf(settings, issuers, production),
  };
}
