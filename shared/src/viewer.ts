import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { DomainError } from './domain-error.ts';

export const roles = ['CUSTOMER', 'RESTAURANT', 'SUPPLIER', 'STAFF', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

const viewerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({ kind: z.literal('user'), userId: z.string(), role: z.enum(roles) }),
  z.object({ kind: z.literal('service'), keyId: z.string(), name: z.string(), scopes: z.array(z.string()) }),
  z.object({ kind: z.literal('internal'), name: z.string() }),
]);

/**
 * Who asks: nobody known, a signed-in person, a machine with an API key, or a part of the product itself.
 * The gateway finds out once; subgraphs take its word, signed.
 */
export type Viewer = z.infer<typeof viewerSchema>;

export const anonymous: Viewer = { kind: 'anonymous' };

/** How the audit trail and the stock ledger name a viewer. */
export function actorOf(viewer: Viewer): string {
  switch (viewer.kind) {
    case 'user':
      return `user:${viewer.userId}`;
    case 'service':
      return `key:${viewer.keyId}`;
    case 'internal':
      return `internal:${viewer.name}`;
    case 'anonymous':
      return 'anonymous';
  }
}

export const viewerHeader = 'x-gastronom-viewer';
export const requestIdHeader = 'x-request-id';

const issuer = 'gastronom-gateway';
const lifetimeSeconds = 60;

/** Signs viewers for subgraphs (HS256, one minute). A token is reused for half its life, so a page costs one signature. */
export function createViewerSigner(secret: string): (viewer: Viewer) => Promise<string> {
  const key = new TextEncoder().encode(secret);
  const signed = new LRUCache<string, Promise<string>>({ max: 10_000, ttl: (lifetimeSeconds * 1000) / 2 });
  return (viewer) => {
    const text = JSON.stringify(viewer);
    const known = signed.get(text);
    if (known) return known;
    const token = new SignJWT({ viewer })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(key);
    signed.set(text, token);
    return token;
  };
}

/** Verifies what the gateway signed; what is missing, forged or expired is refused with UNAUTHENTICATED. */
export function createViewerVerifier(secret: string): (token: string | undefined) => Promise<Viewer> {
  const key = new TextEncoder().encode(secret);
  return async (token) => {
    if (!token)
      throw new DomainError('UNAUTHENTICATED', 'This subgraph answers the gateway alone: no signed viewer was sent.');
    try {
      const { payload } = await jwtVerify(token, key, { issuer, algorithms: ['HS256'], clockTolerance: 5 });
      return viewerSchema.parse(payload.viewer);
    } catch (error) {
      throw new DomainError('UNAUTHENTICATED', 'The signed viewer is not valid, or no longer.', {
        reason: error instanceof Error ? error.name : 'unknown',
      });
    }
  };
}
