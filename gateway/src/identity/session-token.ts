import { createHash, type KeyObject } from 'node:crypto';
import { compactVerify, errors } from 'jose';
import { LRUCache } from 'lru-cache';
import { type ClaimRules, clockSkewMs, readClaims, refused, type SessionClaims } from './session-claims.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface SessionTokenSettings extends ClaimRules {
  readonly keys: SigningKeys;
}

/** Clerk's tokens live in a cookie, which holds 4 KB; twice that has room for those that travel as a header. */
const longestToken = 8_192;
const jwtForm = /^([\w-]+)\.([\w-]+)\.[\w-]+$/;
/** What Clerk writes into the header of session tokens as `cat`, and of those that it does not sort. */
const sessionCategories: readonly unknown[] = [undefined, 'cl_B7d4PD111AAA', 'cl_I7d4PD111III'];

function decode(segment: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refused('it is malformed');
}

/** One algorithm, one kind of token. A key that a token brings along (`jwk`, `jku`, `x5u`) is not even looked at. */
function checkHeader({ alg, typ, cat, crit }: Record<string, unknown>): void {
  if (alg !== 'RS256') throw refused('it is not signed by RS256');
  if (typ !== undefined && (typeof typ !== 'string' || typ.toUpperCase() !== 'JWT'))
    throw refused('it is a token of another kind');
  if (!sessionCategories.includes(cat)) throw refused('it belongs to a machine, not to a session');
  if (crit !== undefined) throw refused('it asks for what is not understood');
}

async function checkSignature(token: string, key: KeyObject): Promise<void> {
  try {
    await compactVerify(token, key, { algorithms: ['RS256'] });
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refused('its signature is not true');
    throw error;
  }
}

interface Verified {
  readonly claims: SessionClaims & { readonly issuer: string };
  readonly kid: string | undefined;
  readonly key: KeyObject;
}

/**
 * Verifies Clerk's session tokens. What costs nothing is checked first, so that a flood of rubbish meets no cryptography.
 * What was verified is remembered until it expires, by its hash: nobody finds a token in our memory.
 */
export function createSessionVerifier(
  settings: SessionTokenSettings,
  clock: () => number = Date.now,
): (token: string) => Promise<SessionClaims> {
  const { keys } = settings;
  const verified = new LRUCache<string, Verified>({ max: 10_000 });

  async function verify(token: string, hash: string): Promise<SessionClaims> {
    const [, head = '', body = ''] = jwtForm.exec(token) ?? [];
    if (head === '') throw refused('it is malformed');
    const header = decode(head);
    checkHeader(header);
    const kid = typeof header.kid === 'string' ? header.kid : undefined;
    const claims = readClaims(decode(body), settings, clock());
    const key = await keys.find(claims.issuer, kid);
    if (!key) throw refused('its key is not known');
    await checkSignature(token, key);
    verified.set(hash, { claims, kid, key });
    return claims;
  }

  return async (token) => {
    if (token.length > longestToken) throw refused('it is too long');
    const hash = createHash('sha256').update(token).digest('base64');
    const known = verified.get(hash);
    if (known && known.claims.expiresAt > clock() - clockSkewMs) {
      // A key that was withdrawn takes its tokens with it.
      const key = await keys.find(known.claims.issuer, known.kid);
      if (key === known.key) return known.claims;
    }
    verified.delete(hash);
    return verify(token, hash);
  };
}
