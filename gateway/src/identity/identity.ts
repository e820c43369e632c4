import { createHash } from 'node:crypto';
import { DomainError } from '@gastronom/shared/domain-error';
import { onIdentityChanged } from '@gastronom/shared/identity-changed';
import type { Logger } from '@gastronom/shared/logger';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { anonymous, type Role, type Viewer } from '@gastronom/shared/viewer';
import { LRUCache } from 'lru-cache';
import type { SessionClaims } from './session-token.ts';

/** Finds out who sent a request, from its `Authorization` header. */
export type Identify = (
  authorization: string | undefined,
  request: { requestId: string; logger: Logger },
) => Promise<Viewer>;

const ensureUser = `mutation EnsureUser($input: EnsureUserInput!) { ensureUser(input: $input) { id role } }`;
const authenticateKey = `mutation AuthenticateServiceKey($secret: String!) { authenticateServiceKey(secret: $secret) { id name scopes } }`;

// A role that is taken away, or a key that is revoked, stops working at once where that was broadcast, and within this
// time everywhere.
const freshForMs = 3_000;

/** People come with session tokens, machines with API keys (`gk_…`); no header means anonymous, a wrong one is refused. */
export function createIdentify(
  accounts: SubgraphClient,
  verifySession: (token: string) => Promise<SessionClaims>,
  broadcast: Broadcast,
): Identify {
  const viewers = new LRUCache<string, Promise<Viewer>>({ max: 10_000, ttl: freshForMs });
  onIdentityChanged(broadcast, (change) => {
    viewers.delete('keyHash' in change ? change.keyHash : change.clerkUserId);
  });

  async function personOf(claims: SessionClaims, request: { requestId: string; logger: Logger }): Promise<Viewer> {
    const input = { clerkUserId: claims.sub, email: claims.email, name: claims.name };
    const { ensureUser: user } = await accounts.call<{ ensureUser: { id: string; role: Role } }>(
      'accounts',
      { query: ensureUser, variables: { input } },
      request,
    );
    return { kind: 'user', userId: user.id, role: user.role };
  }

  async function machineOf(secret: string, request: { requestId: string; logger: Logger }): Promise<Viewer> {
    const { authenticateServiceKey: key } = await accounts.call<{
      authenticateServiceKey: { id: string; name: string; scopes: string[] } | null;
    }>('accounts', { query: authenticateKey, variables: { secret } }, request);
    if (!key) throw new DomainError('UNAUTHENTICATED', 'The API key is not known, expired or revoked.');
    return { kind: 'service', keyId: key.id, name: key.name, scopes: key.scopes };
  }

  /** One look-up in flight for each caller; a failed one is not remembered. */
  function remembered(key: string, find: () => Promise<Viewer>): Promise<Viewer> {
    const known = viewers.get(key);
    if (known) return known;
    const found = find();
    viewers.set(key, found);
    found.catch(() => viewers.delete(key));
    return found;
  }

  return async (authorization, request) => {
    if (!authorization) return anonymous;
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (!token)
      throw new DomainError(
        'UNAUTHENTICATED',
        'The Authorization header must read `Bearer` and a session token or API key.',
      );
    if (token.startsWith('gk_')) {
      const keyHash = createHash('sha256').update(token).digest('hex');
      return remembered(keyHash, () => machineOf(token, request));
    }
    const claims = await verifySession(token);
    return remembered(claims.sub, () => personOf(claims, request));
  };
}
