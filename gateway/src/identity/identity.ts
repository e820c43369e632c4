import { createHash } from 'node:crypto';
import { DomainError } from '@gastronom/shared/domain-error';
import { onIdentityChanged } from '@gastronom/shared/identity-changed';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import type { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { anonymous, type Role, type UserViewer, type Viewer } from '@gastronom/shared/viewer';
import { RememberedViewers } from './remembered-viewers.ts';
import type { SessionClaims } from './session-claims.ts';

type Request = Pick<SubgraphRequest, 'client' | 'requestId' | 'logger'>;

/** Finds out who sent a request, from its `Authorization` header. */
export type Identify = (authorization: string | undefined, request: Request) => Promise<Viewer>;

const signIn = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { userId role organization { id type role } } }`;
const authenticateKey = `mutation AuthenticateServiceKey($secret: String!) { authenticateServiceKey(secret: $secret) { id name scopes } }`;

interface SignedIn {
  readonly userId: string;
  readonly role: Role;
  readonly organization: UserViewer['organization'] | null;
}

// A role that is taken away, or a key that is revoked, stops working at once where that was broadcast, and within this
// time everywhere.
const freshForMs = 3_000;

/** The person whom a token names; null where accounts will have none of them. */
async function personOf(accounts: SubgraphClient, claims: SessionClaims, request: Request): Promise<Viewer | null> {
  const { sub: clerkUserId, email, emailVerified, name, role, sessionId, organization } = claims;
  const input = { clerkUserId, email, emailVerified, name, role, sessionId, clerkOrganizationId: organization?.id };
  const answer = await accounts.call<{ signIn: SignedIn | null }>(
    'accounts',
    { query: signIn, variables: { input } },
    request,
  );
  if (!answer.signIn) return null;
  return {
    kind: 'user',
    userId: answer.signIn.userId,
    role: answer.signIn.role,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(answer.signIn.organization ? { organization: answer.signIn.organization } : {}),
  };
}

async function machineOf(accounts: SubgraphClient, secret: string, request: Request): Promise<Viewer> {
  const { authenticateServiceKey: key } = await accounts.call<{
    authenticateServiceKey: { id: string; name: string; scopes: string[] } | null;
  }>('accounts', { query: authenticateKey, variables: { secret } }, request);
  // Thrown, so that it is not remembered: guesses would crowd out who is known.
  if (!key) throw new DomainError('UNAUTHENTICATED', 'The API key is not known, expired or revoked.');
  return { kind: 'service', keyId: key.id, name: key.name, scopes: key.scopes };
}

/** Two sessions of one person may act for different organisations, so that each is somebody of its own here. */
const sessionKey = ({ sub, sessionId, organization }: SessionClaims): string =>
  JSON.stringify([sub, sessionId, organization?.id]);

/** People come with session tokens, machines with API keys (`gk_…`); no header means anonymous, a wrong one is refused. */
export function createIdentify(
  accounts: SubgraphClient,
  verifySession: (token: string) => Promise<SessionClaims>,
  broadcast: Broadcast,
): Identify {
  const viewers = new RememberedViewers(freshForMs);
  onIdentityChanged(broadcast, (change) => {
    viewers.forget('keyHash' in change ? change.keyHash : change.clerkUserId);
  });

  return async (authorization, request) => {
    if (!authorization) return anonymous;
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (!token)
      throw new DomainError(
        'UNAUTHENTICATED',
        'The Authorization header must read `Bearer` and a session token or API key.',
      );
    let viewer: Viewer | null;
    if (token.startsWith('gk_')) {
      const keyHash = createHash('sha256').update(token).digest('hex');
      viewer = await viewers.get(keyHash, keyHash, () => machineOf(accounts, token, request));
    } else {
      const claims = await verifySession(token);
      viewer = await viewers.get(claims.sub, sessionKey(claims), () => personOf(accounts, claims, request));
    }
    if (!viewer) throw new DomainError('UNAUTHENTICATED', 'This account or session is no longer valid. Sign in again.');
    return viewer;
  };
}
