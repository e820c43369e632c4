import { verifyToken } from '@clerk/backend';
import { DomainError } from '@gastronom/shared/domain-error';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

export interface SessionTokenSettings {
  /** PEM of the public key that signs session tokens. */
  readonly jwtKey: string;
  readonly issuers: readonly string[];
  readonly authorizedParties: readonly string[];
}

const claimsSchema = z.object({
  sub: z.string().min(1),
  iss: z.string(),
  azp: z.string(),
  exp: z.number(),
  sts: z.string().optional(),
  email: z.string().optional(),
  name: z.string().optional(),
});

/** What a verified session token says. */
export type SessionClaims = z.infer<typeof claimsSchema>;

const refused = (why: string) =>
  new DomainError('UNAUTHENTICATED', `The session token is not accepted: ${why}. Sign in again.`);
const longestToken = 8_192;

/**
 * Verifies Clerk session tokens without a network call. Beside the signature and the times that the library checks, the
 * issuer must be ours, the authorized party one of ours, and the session not `pending`.
 */
export function createSessionVerifier(settings: SessionTokenSettings): (token: string) => Promise<SessionClaims> {
  const verified = new LRUCache<string, SessionClaims>({ max: 10_000 });

  async function verify(token: string): Promise<SessionClaims> {
    if (token.length > longestToken) throw refused('it is too long');
    const payload = await verifyToken(token, {
      jwtKey: settings.jwtKey,
      authorizedParties: [...settings.authorizedParties],
      clockSkewInMs: 5_000,
    }).catch((error: { reason?: string }) => {
      throw refused(error.reason ?? 'it is malformed');
    });
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) throw refused(`its claim ${claims.error.issues[0]?.path.join('.')} is missing or wrong`);
    if (!settings.issuers.includes(claims.data.iss)) throw refused('its issuer is not ours');
    if (!settings.authorizedParties.includes(claims.data.azp)) throw refused('its authorized party is not ours');
    if (claims.data.sts === 'pending') throw refused('the session is pending');
    return claims.data;
  }

  return async (token) => {
    const known = verified.get(token);
    if (known) return known;
    const claims = await verify(token);
    const ttl = claims.exp * 1000 - Date.now();
    if (ttl > 0) verified.set(token, claims, { ttl });
    return claims;
  };
}
