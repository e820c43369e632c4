import { createHash, randomUUID } from 'node:crypto';
import { createSigner, createVerifier } from 'fast-jwt';
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

/** Opens the seal of one call; what is missing, forged, late, meant for another or seen before is refused. */
export type OpenSeal = (token: string | undefined, call: SealedCall) => Caller;

const digest = ({ method, url, body }: SealedCall): string =>
  createHash('sha256').update(`${method} ${url}\n`).update(body).digest('base64url');

/** A JSON Web Token (HS256) for each call: it is good for this call alone, so that one that was overheard opens nothing. */
export function createSeal(secret: string): Seal {
  const sign = createSigner({ key: secret, algorithm: 'HS256', iss: issuer, expiresIn: lifetimeMs });
  return (subgraph, { viewer, client }, call) =>
    sign({ viewer, client, aud: subgraph, call: digest(call), jti: randomUUID() });
}

/** What was seen within the life of a seal, in two generations, so that forgetting costs nothing. */
class SeenOnce {
  #young = new Set<string>();
  #old = new Set<string>();
  #turnsAt = Date.now() + lifetimeMs + toleranceMs;

  /** @returns whether it is new. */
  add(id: string): boolean {
    if (Date.now() > this.#turnsAt) {
      this.#old = this.#young;
      this.#young = new Set();
      this.#turnsAt = Date.now() + lifetimeMs + toleranceMs;
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
    requiredClaims: ['aud', 'exp', 'iat', 'jti'],
  });
  const seen = new SeenOnce();

  return (token, call) => {
    if (!token)
      throw new DomainError('UNAUTHENTICATED', 'This subgraph answers the gateway alone: no sealed viewer was sent.');
    let sealed: z.infer<typeof sealSchema>;
    try {
      sealed = sealSchema.parse(verify(token));
    } catch (error) {
      const reason = (error as { code?: string }).code ?? (error as Error).name;
      throw refused('The sealed viewer is not valid, or no longer.', reason);
    }
    if (sealed.call !== digest(call)) throw refused('The sealed viewer belongs to another call.', 'OTHER_CALL');
    if (!seen.add(sealed.jti)) throw refused('The sealed viewer was used before.', 'REPLAYED');
    return { viewer: sealed.viewer, client: sealed.client };
  };
}
