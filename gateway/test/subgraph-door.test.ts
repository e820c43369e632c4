import { createLogger } from '@gastronom/shared/logger';
import { createSubgraphServer } from '@gastronom/shared/subgraph-server';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { createViewerSigner, requestIdHeader, viewerHeader } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';

const secret = 'the-secret-of-gateway-and-subgraphs-alike';

describe('a subgraph in its own process', () => {
  const asked: { kind: string; requestId: string }[] = [];
  const subgraph = fakeSubgraph(
    async (_operation, { viewer, requestId }) => {
      asked.push({ kind: viewer.kind, requestId });
      return { data: { ok: true } };
    },
    { ready: () => Promise.reject(new Error('the database is away')) },
  );
  const server = createSubgraphServer(subgraph, secret, createLogger('test', 'silent'));
  let origin: string;
  beforeAll(async () => {
    origin = await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  const post = (headers: Record<string, string>, body = '{"query":"{ ok }"}') =>
    fetch(`${origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const viewer = { kind: 'user', userId: 'u', role: 'ADMIN' } as const;
  const sign = (key: string, issuedAt: number) =>
    new SignJWT({ viewer })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('gastronom-gateway')
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + 60)
      .sign(new TextEncoder().encode(key));
  const now = () => Math.floor(Date.now() / 1000);

  it('answers the gateway, whose viewer and request id it takes over', async () => {
    const response = await post({ [viewerHeader]: await createViewerSigner(secret)(viewer), [requestIdHeader]: 'r-1' });

    expect(await response.json()).toEqual({ data: { ok: true } });
    expect(asked.at(-1)).toEqual({ kind: 'user', requestId: 'r-1' });
  });

  it.each([
    ['no viewer', () => undefined],
    ['a viewer that is no token', () => JSON.stringify(viewer)],
    ['a viewer signed with another secret', () => sign('another-secret-of-at-least-32-characters', now())],
    ['a viewer that has expired', () => sign(secret, now() - 120)],
  ])('refuses %s, and runs nothing', async (_what, make) => {
    const before = asked.length;
    const token = await make();

    const response = await post(token ? { [viewerHeader]: token } : {});

    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: 'UnauthenticatedError',
      status: 401,
      timestamp: expect.any(String),
    });
    expect(asked).toHaveLength(before);
  });

  it('refuses what is no operation', async () => {
    const response = await post({ [viewerHeader]: await createViewerSigner(secret)(viewer) }, '{"query":7}');

    expect(response.status).toBe(400);
  });

  it('lives, but is not ready while its database is away', async () => {
    expect((await fetch(`${origin}/livez`)).status).toBe(200);
    expect((await fetch(`${origin}/readyz`)).status).toBe(503);
  });
});
