import { createLogger } from '@gastronom/shared/logger';
import { createSeal, createSealOpener, sealHeader } from '@gastronom/shared/sealed-call';
import { createSubgraphServer } from '@gastronom/shared/subgraph-server';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { requestIdHeader } from '@gastronom/shared/viewer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import { speak } from './door-harness.ts';

const secret = 'the-secret-of-gateway-and-subgraphs-alike';
const day = 24 * 60 * 60;

describe('a subgraph in its own process', () => {
  const asked: object[] = [];
  const subgraph = fakeSubgraph(
    async (_operation, { viewer: by, client: from, requestId }) => {
      asked.push({ viewer: by, client: from, requestId });
      return { data: { ok: true } };
    },
    { ready: () => Promise.reject(new Error('the database is away')) },
  );
  const server = createSubgraphServer(subgraph, createSealOpener(secret, 'catalog'), createLogger('test', 'silent'));
  let origin: string;
  beforeAll(async () => {
    origin = await server.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close());

  const operation = '{"query":"{ ok }"}';
  const viewer = { kind: 'user', userId: 'u', role: 'ADMIN' } as const;
  const client = { ip: '192.0.2.7', userAgent: 'shop/1' };
  const call = { method: 'POST', url: '/graphql', body: operation };
  const post = (headers: Record<string, string>, body = operation) =>
    fetch(`${origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const sealed = (subgraph = 'catalog', what = call, key = secret) =>
    createSeal(key)(subgraph, { viewer, client }, what);

  it('answers the gateway, whose viewer, client and request id it takes over', async () => {
    const response = await post({ [sealHeader]: sealed(), [requestIdHeader]: 'r-1' });

    expect(await response.json()).toEqual({ data: { ok: true } });
    expect(asked.at(-1)).toEqual({ viewer, client, requestId: 'r-1' });
  });

  /** A seal made by hand, as one who knows the form but not the secret, or the secret but not the rules. */
  const forge = (payload: object, key = secret, algorithm: 'HS256' | 'HS512' | 'none' = 'HS256') =>
    createSigner({ key: algorithm === 'none' ? '' : key, algorithm } as never)({ viewer, ...payload });
  /** The seal of one with the words of another. */
  const splice = (token: string, other: object) => {
    const [head, words = '', signature] = token.split('.');
    const said = JSON.parse(Buffer.from(words, 'base64url').toString());
    return [head, Buffer.from(JSON.stringify({ ...said, viewer: other })).toString('base64url'), signature].join('.');
  };
  const now = () => Math.floor(Date.now() / 1000);
  const inForce = () => ({ iss: 'gastronom', aud: 'catalog', jti: 'j', iat: now(), exp: now() + 30, call: 'x' });

  it.each<[string, () => string | undefined]>([
    ['no viewer', () => undefined],
    ['a viewer that is not sealed', () => JSON.stringify(viewer)],
    ['a viewer sealed with another secret', () => sealed('catalog', call, 'another-secret-of-at-least-32-characters')],
    ['a viewer without a signature', () => forge(inForce(), '', 'none')],
    ['a seal for another subgraph', () => sealed('orders')],
    ['a seal for another body', () => sealed('catalog', { ...call, body: '{"query":"mutation { drop }"}' })],
    ['a seal for another address', () => sealed('catalog', { ...call, url: '/rest/images' })],
    ['a seal that has expired', () => forge({ ...inForce(), iat: now() - 120, exp: now() - 60 })],
    ['a seal that never expires', () => forge({ ...inForce(), exp: undefined })],
    ['a seal of another issuer', () => forge({ ...inForce(), iss: 'somebody' })],
    [
      'a seal that says of itself that it lives for a day',
      () => forge({ ...inForce(), iat: now() - 60, exp: now() + day }),
    ],
    ['a seal made in the future', () => forge({ ...inForce(), iat: now() + 60, exp: now() + 90 })],
    ['a seal of no moment', () => forge({ ...inForce(), iat: undefined })],
    ['a seal for several subgraphs', () => forge({ ...inForce(), aud: ['orders', 'catalog'] })],
    ['a seal without an id', () => forge({ ...inForce(), jti: undefined })],
    ['a seal by another algorithm', () => forge(inForce(), secret, 'HS512')],
    ['a seal for no viewer', () => forge({ ...inForce(), viewer: undefined })],
    ['a seal for a viewer of no kind', () => forge({ ...inForce(), viewer: { kind: 'root' } })],
    ['a viewer put into the place of another', () => splice(sealed(), { ...viewer, kind: 'internal', name: 'x' })],
    ['a header that says it again', () => `${sealed()}, ${sealed()}`],
    ['a header of other characters', () => `${sealed()}=`],
  ])('refuses %s, and runs nothing', async (_what, make) => {
    const before = asked.length;
    const token = make();

    const response = await post(token ? { [sealHeader]: token } : {});

    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: 'UnauthenticatedError',
      status: 401,
      timestamp: expect.any(String),
    });
    expect(asked).toHaveLength(before);
  });

  it('takes a seal once', async () => {
    const seal = sealed();
    const before = asked.length;

    const statuses = (await Promise.all([1, 2, 3, 4, 5].map(() => post({ [sealHeader]: seal })))).map(
      ({ status }) => status,
    );

    expect(statuses.sort()).toEqual([200, 401, 401, 401, 401]);
    expect(asked).toHaveLength(before + 1);
  });

  it('refuses what is no operation', async () => {
    const body = '{"query":7}';

    const response = await post({ [sealHeader]: sealed('catalog', { ...call, body }) }, body);

    expect(response.status).toBe(400);
  });

  it.each([
    'GET /graphql',
    'HEAD /graphql',
    'OPTIONS /graphql',
    'PUT /graphql',
    'POST /graphql/',
    'POST //graphql',
    'POST /GRAPHQL',
    'POST /%67raphql',
    'POST /graphql?query=%7Bok%7D',
    'POST /graphql;x',
    'POST /rest/../graphql',
    'POST /rest/%2e%2e/graphql',
    'POST /rest/..%2fgraphql',
    'POST /rest/images/00',
    'GET /rest/images/00',
    'HEAD /rest/',
    'DELETE /rest//images',
    'POST http://catalog/graphql',
  ])('answers %s without a seal as if there were nothing to be had', async (line) => {
    const before = asked.length;

    const heard = await speak(Number(new URL(origin).port), [
      `${line} HTTP/1.1\r\nHost: catalog\r\nContent-Type: application/json\r\nConnection: close\r\n` +
        `Content-Length: ${operation.length}\r\n\r\n${operation}`,
    ]);

    expect(heard).toMatch(/^HTTP\/1\.1 (401|404|405) /);
    expect(heard).not.toContain('"data"');
    expect(asked).toHaveLength(before);
  });

  it('refuses before it reads what a stranger sends', async () => {
    const heard = await speak(
      Number(new URL(origin).port),
      ['POST /graphql HTTP/1.1\r\nHost: catalog\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{"query":"{ ok }"'],
      /\r\n\r\n\{/,
    );

    expect(heard).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('tells of its health no more than how it is', async () => {
    const answers = await Promise.all(['/livez', '/readyz', '/health'].map((path) => fetch(origin + path)));

    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(bodies).toEqual([{ status: 'pass' }, { status: 'fail' }, {}]);
  });

  it('lives, but is not ready while its database is away', async () => {
    expect((await fetch(`${origin}/livez`)).status).toBe(200);
    expect((await fetch(`${origin}/readyz`)).status).toBe(503);
  });
});
