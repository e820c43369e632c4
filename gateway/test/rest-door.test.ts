import { createLogger } from '@gastronom/shared/logger';
import { remoteSubgraph } from '@gastronom/shared/remote-subgraph';
import { createSeal, createSealOpener } from '@gastronom/shared/sealed-call';
import type { RestRequest, SubgraphRequest, SubgraphTransport } from '@gastronom/shared/subgraph';
import { createSubgraphServer } from '@gastronom/shared/subgraph-server';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from './harness.ts';

const secret = 'the-secret-of-gateway-and-subgraphs-alike';

describe('the REST endpoints of subgraphs', () => {
  const seen: { request: RestRequest; context: SubgraphRequest }[] = [];
  const echo = fakeSubgraph(() => Promise.reject(new Error('no operation was expected')), {
    rest: async (request, context) => {
      seen.push({ request, context });
      return { status: 202, headers: { 'content-type': 'image/webp', etag: '"7"' }, body: Buffer.from([0, 255, 128]) };
    },
  });
  const server = createSubgraphServer(echo, createSealOpener(secret, 'integrations'), createLogger('test', 'silent'));
  let overHttp: SubgraphTransport;
  let graph: TestGraph;
  beforeAll(async () => {
    const origin = await server.listen({ host: '127.0.0.1', port: 0 });
    const seal = createSeal(secret);
    overHttp = remoteSubgraph({ name: 'integrations', url: `${origin}/graphql`, timeoutMs: 5_000, seal });
    graph = await startTestGraph('one process', { UPLOAD_LIMIT_MB: '1' });
  });
  afterAll(async () => {
    await graph.stop();
    await overHttp.close();
    await server.close();
  });

  const call = (path: string, init: RequestInit = {}) => fetch(graph.url.replace('/graphql', path), init);

  it.each([
    ['in this process', () => echo],
    ['over HTTP', () => overHttp],
  ])('get method, path, query, headers and bytes as they came, and answer in kind, %s', async (_way, transport) => {
    graph.broken.set('integrations', transport());

    const response = await call('/api/v1/integrations/one_c/stocks?token=a%20b', {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=windows-1251', 'x-webhook-secret': 's', 'x-request-id': 'r-7' },
      body: Buffer.from([0xff, 0x00, 0xfe]),
    });

    expect(response.status).toBe(202);
    expect([response.headers.get('content-type'), response.headers.get('etag')]).toEqual(['image/webp', '"7"']);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([0, 255, 128]));
    const { request, context } = seen.at(-1) ?? {};
    expect(request).toMatchObject({
      method: 'POST',
      url: '/api/v1/integrations/one_c/stocks?token=a%20b',
      headers: { 'content-type': 'text/plain; charset=windows-1251', 'x-webhook-secret': 's' },
    });
    expect(request?.body).toEqual(Buffer.from([0xff, 0x00, 0xfe]));
    expect(context).toMatchObject({ viewer: { kind: 'anonymous' }, requestId: 'r-7' });
    graph.broken.clear();
  });

  it('get as many headers as the door takes, with the seal beside them', async () => {
    graph.broken.set('integrations', overHttp);

    const response = await call('/images/00', { headers: { 'x-long': 'x'.repeat(15_000) } });

    expect(response.status).toBe(202);
    expect(seen.at(-1)?.request.headers['x-long']).toHaveLength(15_000);
    graph.broken.clear();
  });

  it('know who asks, and nobody can say so himself', async () => {
    graph.broken.set('integrations', overHttp);
    const forged = createSeal(secret)(
      'integrations',
      { viewer: { kind: 'internal', name: 'me' } },
      { method: 'HEAD', url: '/rest/api/v1/integrations/images', body: '' },
    );

    await call('/api/v1/integrations/images', {
      method: 'HEAD',
      headers: { authorization: `Bearer ${graph.tokens.service}`, 'x-gastronom-viewer': forged },
    });
    expect(seen.at(-1)?.context.viewer).toMatchObject({ kind: 'service', scopes: ['sync:write'] });
    await call('/api/v1/integrations/one_c/stocks', { headers: { 'x-gastronom-viewer': forged } });
    expect(seen.at(-1)?.context.viewer).toEqual({ kind: 'anonymous' });
    expect(seen.at(-1)?.request.headers).not.toHaveProperty('x-gastronom-viewer');
    graph.broken.clear();
  });

  it('are not reached with a body over the limit', async () => {
    graph.broken.set('integrations', echo);
    const before = seen.length;

    const headers = { authorization: `Bearer ${graph.tokens.service}` };
    const body = Buffer.alloc(1024 * 1024 + 1);

    const response = await call('/api/v1/integrations/images', { method: 'POST', headers, body });

    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      error: 'PayloadTooLargeError',
      message: expect.stringContaining('1 MB'),
    });
    expect(seen).toHaveLength(before);
    graph.broken.clear();
  });

  it('are missed in the shape of every REST error', async () => {
    const response = await call('/api/v1/integrations/nothing');

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: 'NotFoundError',
      message: 'There is nothing at GET /api/v1/integrations/nothing.',
      status: 404,
      timestamp: expect.any(String),
      requestId: expect.any(String),
    });
  });

  it('say so when their subgraph is away', async () => {
    graph.broken.set(
      'integrations',
      remoteSubgraph({
        name: 'integrations',
        url: 'http://127.0.0.1:9/graphql',
        timeoutMs: 500,
        seal: createSeal(secret),
      }),
    );

    const response = await call('/images/00');

    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: 'SubgraphUnavailableError', status: 503 });
    graph.broken.clear();
  });
});
