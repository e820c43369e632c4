import { DomainError } from '@gastronom/shared/domain-error';
import { type Role, roles } from '@gastronom/shared/viewer';
import { z } from 'zod';
import { type OrganizationClaims, organizationOf } from './organization-claims.ts';

/** Whose tokens count, and where they say what Clerk leaves to each shop. */
export interface ClaimRules {
  readonly issuers: readonly string[];
  /** Origins of the front ends that may have asked for the token. */
  readonly authorizedParties: readonly string[];
  /** A token that is meant for somebody (`aud`) must be meant for one of these. */
  readonly audiences: readonly string[];
  /** Claims, a dot before each level (`metadata.role`); none: it is not looked for. */
  readonly roleClaim: string | undefined;
  readonly emailClaim: string;
  readonly nameClaim: string;
}

/** What a verified session token says. */
export interface SessionClaims {
  /** Clerk's id of the person, `user_…`. */
  readonly sub: string;
  readonly sessionId: string | undefined;
  readonly organization: OrganizationClaims | undefined;
  /** For a person who is new here. Of one who is known, our database knows better. */
  readonly role: Role | undefined;
  readonly email: string | undefined;
  /** Whether Clerk says that a letter to the address reached the person: the claim `email_verified`. */
  readonly emailVerified: boolean;
  readonly name: string | undefined;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

export const refused = (why: string): DomainError =>
  new DomainError('UNAUTHENTICATED', `The session token is not accepted: ${why}. Sign in again.`);

/** What clocks may be apart. */
export const clockSkewMs = 5_000;

const seconds = z.number();
const text = z.string().max(300);
const claimsSchema = z.object({
  sub: text.min(1),
  iss: z.string(),
  azp: z.string(),
  exp: seconds,
  nbf: seconds.optional(),
  iat: seconds.optional(),
  sid: text.nullish(),
  sts: z.string().nullish(),
  aud: z.union([z.string(), z.array(z.string())]).nullish(),
  v: z.number().optional(),
  org_id: text.nullish(),
  org_slug: text.nullish(),
  org_role: text.nullish(),
  org_permissions: z.array(z.string()).nullish(),
  fea: z.string().nullish(),
  o: z
    .object({
      id: text.min(1),
      slg: text.optional(),
      rol: text.optional(),
      per: z.string().optional(),
      fpm: z.string().optional(),
    })
    .nullish(),
});

/** Ids of machines, as Clerk gives them: their tokens are signed with the same key as those of people. */
const machineSubject = /^(mch|mt|oat|ak)_/;

/** A claim by its name, or by its way through objects; own members alone, so that no name finds what JavaScript put there. */
function claimAt(payload: object, path: string): unknown {
  if (Object.hasOwn(payload, path)) return payload[path as keyof object];
  return path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    return value[name as keyof object];
  }, payload);
}

/** Claims that each shop writes itself: what is no text, empty or endless counts as none. */
function textAt(payload: object, path: string): string | undefined {
  const value = claimAt(payload, path);
  const plain = typeof value === 'string' ? value.trim() : '';
  return plain === '' || plain.length > 320 ? undefined : plain;
}

function roleAt(payload: object, path: string | undefined): Role | undefined {
  const named = path === undefined ? undefined : textAt(payload, path)?.toUpperCase();
  return roles.find((role) => role === named);
}

function checkTimes({ exp, nbf, iat }: z.infer<typeof claimsSchema>, now: number): void {
  if (exp * 1000 <= now - clockSkewMs) throw refused('it has expired');
  if (nbf !== undefined && nbf * 1000 > now + clockSkewMs) throw refused('it is not valid yet');
  if (iat !== undefined && iat * 1000 > now + clockSkewMs) throw refused('it was issued in the future');
}

function checkOrigin({ iss, azp, aud, sub, sts }: z.infer<typeof claimsSchema>, rules: ClaimRules): void {
  if (!rules.issuers.includes(iss)) throw refused('its issuer is not ours');
  if (!rules.authorizedParties.includes(azp)) throw refused('its authorized party is not ours');
  if (aud && ![aud].flat().some((audience) => rules.audiences.includes(audience)))
    throw refused('it is meant for somebody else');
  if (machineSubject.test(sub)) throw refused('it belongs to a machine, not to a session');
  if (sts && sts !== 'active') throw refused(`the session is ${sts === 'pending' ? 'pending' : 'not active'}`);
}

/**
 * Checks all that a token says of itself, except that its signature is true.
 * @returns what is asked of it, and its issuer.
 */
export function readClaims(payload: object, rules: ClaimRules, now: number): SessionClaims & { issuer: string } {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) throw refused(`its claim ${parsed.error.issues[0]?.path.join('.')} is missing or wrong`);
  const claims = parsed.data;
  checkOrigin(claims, rules);
  checkTimes(claims, now);
  return {
    sub: claims.sub,
    issuer: claims.iss,
    sessionId: claims.sid ?? undefined,
    organization: organizationOf(claims),
    role: roleAt(payload, rules.roleClaim),
    email: textAt(payload, rules.emailClaim),
    emailVerified: claimAt(payload, 'email_verified') === true,
    name: textAt(payload, rules.nameClaim),
    expiresAt: claims.exp * 1000,
  };
}
