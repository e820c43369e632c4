import { createHash } from 'node:crypto';
import type { IdentityChange } from '@gastronom/shared/identity-changed';
import { decodeJwt } from 'jose';
import { clockSkewMs } from '../identity/session-claims.ts';

/** What a live query’s client showed when it came, as far as it has to be watched. It was found right by then. */
export interface Credential {
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** When a token is none any more, in milliseconds since 1970. */
  readonly expiresAt: number | undefined;
  /** Whether a change is one of who showed it. */
  readonly isOf: (change: IdentityChange) => boolean;
}

export function readCredential(authorization: string | undefined): Credential {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return { authorization, expiresAt: undefined, isOf: () => false };
  if (token.startsWith('gk_')) {
    const keyHash = createHash('sha256').update(token).digest('hex');
    return { authorization, expiresAt: undefined, isOf: (change) => 'keyHash' in change && change.keyHash === keyHash };
  }
  const { sub, exp = 0 } = decodeJwt(token);
  return {
    authorization,
    expiresAt: exp * 1000 + clockSkewMs,
    isOf: (change) => 'clerkUserId' in change && change.clerkUserId === sub,
  };
}
