import { createHmac, createSecretKey, hash, randomUUID } from 'node:crypto';
import { createVerifier } from 'fast-jwt';
import { z } from 'zod';
import { DomainError } from './domain-error.ts';
import { type Client, clientSchema, type Viewer, viewerSchema } from './viewer.ts';

/** The header in which a call to a subgraph says who asks, sealed. */
export const sealHeader = 'x-gastronom-viewer';

const issuer = 'gastronom';
const lifetimeMs = 30_000;
/** What the clocks of two machines may be apart. */
const toleranceMs = 5_000;

const sealSchema = z.object({
  /** One subgraph, not a list of them. */
  aud: z.string(),
  iat: z.number(),
  viewer: viewerSchema,
  client: clientSchema.optional(),
  call: z.string(),
  jti: z.string(),
});

/** What a seal is good for, and for nothing else. */
export interface SealedCall {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly body: string | Uint8Array;
}

/** On whose behalf a subgraph is called. */
export interface Caller {
  readonly viewer: Viewer;
  readonly client?: Client | undefined;
}

/** Seals one call to a subgraph, and who asks. */
export type Seal = (subgraph: string, caller: Caller, call: SealedCall) => string;

/**
 * Opens the seal of one call. What is missing, forged, late or meant for another subgraph is refused at once, before
 * anything is read of the call's body; what belongs to another call or was seen before, once the call is known.
 */
export type OpenSeal = (token: string | undefined) => (call: SealedCall) => Caller;

function digest({ method, url, body }: SealedCall): string {
  const head = `${method} ${url}\n`;
  const whole = typeof body === 'string' ? head + body : Buffer.concat([Buffer.from(head), body]);
  return hash('sha256', whole, 'base64url');
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const jwtHeader = base64url({ alg: 'HS256', typ: 'JWT' });

/** A JSON Web Token (HS256) for each call: it is good for this call alone, so that one that was overheard opens nothing. */
export function createSeal(secret: string): Seal {
  const key = createSecretKey(Buffer.from(secret));
  // Written here, as a library that signs whatever it is given takes half as long again.
  return (subgraph, { viewer, client }, call) => {
    const now = Date.now();
    const iat = Math.floor(now / 1000);
    const exp = Math.floor((now + lifetimeMs) / 1000);
    const claims = { viewer, client, aud: subgraph, call: digest(call), jti: randomUUID(), iss: issuer, iat, exp };
    const signed = `${jwtHeader}.${base64url(claims)}`;
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  };
}

/** From the moment at which a seal may first come, by a clock that is slow, to the last, by one that is fast. */
const acceptedMs = lifetimeMs + 2 * toleranceMs;

/** What was seen while a seal is accepted, in two generations, so that forgetting costs nothing. */
class SeenOnce {
  #young = new Set<string>();
  #old = new Set<string>();
  #turnsAt = Date.now() + acceptedMs;

  /** @returns whether it is new. */
  add(id: string): boolean {
    if (Date.now() > this.#turnsAt) {
      this.#old = this.#young;
      this.#young = new Set();
      this.#turnsAt = Date.now() + acceptedMs;
    }
    if (this.#young.has(id) || this.#old.has(id)) return false;
    this.#young.add(id);
    return true;
  }
}

const refused = (message: string, reason: string) => new DomainError('UNAUTHENTICATED', message, { reason });

/** @param subgraph the one that is called; a seal for another is refused. */
export function createSealOpener(secret: string, subgraph: string): OpenSeal {
  const verify = createVerifier({
    key: secret,
    algorithms: ['HS256'],
    allowedIss: issuer,
    allowedAud: subgraph,
    clockTolerance: toleranceMs,
    // Whatever a seal says of its own end.
    maxAge: lifetimeMs + toleranceMs,
    requiredClaims: ['aud', 'exp', 'iat', 'jti'],
  });
  const seen = new SeenOnce();

  const read = (token: string): z.infer<typeof sealSchema> => {
    try {
      return sealSchema.parse(verify(token));
    } catch (error) {
      const reason = (error as { code?: string }).code ?? (error as Error).name;
      throw refused('The sealed viewer is not valid, or no longer.', reason);
    }
  };

  return (token) => {
    if (!token)
      throw new DomainError('UNAUTHENTICATED', 'This subgraph answers the gateway alone: no sealed viewer was sent.');
    const sealed = read(token);
    // It would outlive our memory of having seen it.
    if (sealed.iat * 1000 > Date.now() + toleranceMs) throw refused('The sealed viewer is not valid yet.', 'EARLY');
    return (call) => {
      if (sealed.call !== digest(call)) throw refused('The sealed viewer belongs to another call.', 'OTHER_CALL');
      if (!seen.add(sealed.jti)) throw refused('The sealed viewer was used before.', 'REPLAYED');
      return { viewer: sealed.viewer, client: sealed.client };
    };
  };
}
