import { type ErrorCode, errorCodes } from '@gastronom/shared/domain-error';
import { remoteSubgraph } from '@gastronom/shared/remote-subgraph';
import { createSeal } from '@gastronom/shared/sealed-call';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';

type Who = keyof TestGraph['tokens'];

interface Refusal {
  readonly path: string;
  readonly method?: string;
  readonly as?: Who;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly code: ErrorCode;
}

const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
const ask = (query: string, variables: object = {}) => ({
  path: '/graphql',
  method: 'POST',
  headers: json,
  body: JSON.stringify({ query, variables }),
});
const images = '/api/v1/integrations/images';
const stocks = '/api/v1/integrations/one_c/stocks';
const large = Buffer.alloc(64 * 1024, ' ');

const rest: [string, Refusal][] = [
  ['an address that is none', { path: `${images}/x`, method: 'PUT', as: 'service', body: 'x', code: 'BAD_REQUEST' }],
  ['an address that cannot be decoded', { path: '/images/%zz', code: 'BAD_REQUEST' }],
  ['nobody', { path: images, method: 'POST', body: 'x', code: 'UNAUTHENTICATED' }],
  ['a token that is none', { path: images, headers: { authorization: 'Bearer x' }, code: 'UNAUTHENTICATED' }],
  ['somebody without the scope', { path: images, method: 'POST', as: 'customer', body: 'x', code: 'FORBIDDEN' }],
  ['nothing there', { path: '/nowhere', code: 'NOT_FOUND' }],
  ['nothing there behind a subgraph’s door', { path: '/api/v1/integrations/nothing', code: 'NOT_FOUND' }],
  ['a picture that was not sent', { path: `/images/${'0'.repeat(64)}`, code: 'NOT_FOUND' }],
  ['a method that is none of the address', { path: '/livez', method: 'DELETE', code: 'METHOD_NOT_ALLOWED' }],
  ['a method that no door passes on', { path: stocks, method: 'PATCH', code: 'METHOD_NOT_ALLOWED' }],
  ['a large body', { path: images, method: 'POST', as: 'service', body: large, code: 'PAYLOAD_TOO_LARGE' }],
  ['no picture', { path: images, method: 'POST', as: 'service', body: 'text', code: 'UNSUPPORTED_MEDIA_TYPE' }],
  [
    'a packed body',
    {
      path: images,
      method: 'POST',
      headers: { 'content-encoding': 'gzip' },
      body: 'x',
      code: 'UNSUPPORTED_MEDIA_TYPE',
    },
  ],
  ['a caller who is not 1C', { path: stocks, method: 'POST', headers: json, body: '{}', code: 'UNAUTHENTICATED' }],
];

const graphql: [string, Refusal][] = [
  ['no GraphQL', { ...ask('{'), code: 'GRAPHQL_PARSE_FAILED' }],
  ['a field that is none', { ...ask('{ nothing }'), code: 'GRAPHQL_VALIDATION_FAILED' }],
  ['a field of the product alone', { ...ask('{ warehouseDirectory }'), code: 'GRAPHQL_VALIDATION_FAILED' }],
  [
    'a variable that does not fit',
    { ...ask('query ($n: Int!) { products(first: $n) { nodes { sku } } }', { n: 'x' }), code: 'BAD_USER_INPUT' },
  ],
  ['a page that is too long', { ...ask('{ products(first: 101) { nodes { sku } } }'), code: 'BAD_USER_INPUT' }],
  ['a cursor that is none', { ...ask('{ products(after: "x") { nodes { sku } } }'), code: 'BAD_CURSOR' }],
  ['a body that is cut', { ...ask(''), body: '{"query": "{ me', code: 'BAD_REQUEST' }],
  ['a field for people, asked by nobody', { ...ask('{ favourites { nodes { addedAt } } }'), code: 'UNAUTHENTICATED' }],
  [
    'a token that is none',
    { ...ask('{ __typename }'), headers: { ...json, authorization: 'Bearer x' }, code: 'UNAUTHENTICATED' },
  ],
  ['somebody who may not', { ...ask('{ serviceKeys { nodes { id } } }'), as: 'customer', code: 'FORBIDDEN' }],
  [
    'a method that is none of GraphQL',
    { path: '/graphql', method: 'PATCH', body: '{}', headers: json, code: 'METHOD_NOT_ALLOWED' },
  ],
  [
    'an answer in a type that is none',
    { ...ask('{ __typename }'), headers: { ...json, accept: 'image/png' }, code: 'NOT_ACCEPTABLE' },
  ],
  ['a large body', { ...ask(''), body: large, code: 'PAYLOAD_TOO_LARGE' }],
  [
    'a body of a type that is not read',
    { ...ask(''), headers: { 'content-type': 'application/xml' }, body: '<a/>', code: 'UNSUPPORTED_MEDIA_TYPE' },
  ],
];

const secret = /node_modules|\.[jt]s:\d|\bat \w+ \(|SELECT |postgres|ECONN|127\.0\.0\.1/;

describe.each(modes)('a refusal, in %s,', (mode) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph(mode, { BODY_LIMIT_MB: '0.05', UPLOAD_LIMIT_MB: '0.05', RATE_LIMIT_KEY: '200' });
  });
  afterAll(() => graph.stop());

  async function send({ path, method = 'GET', as, headers = {}, body }: Omit<Refusal, 'code'>) {
    const authorization = as ? { authorization: `Bearer ${graph.tokens[as]}` } : {};
    const response = await fetch(new URL(path, graph.url), {
      method,
      headers: { ...authorization, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    expect(text).not.toMatch(secret);
    expect(response.headers.get('content-type')).toMatch(/^application\/(json|graphql-response\+json)/);
    return { status: response.status, requestId: response.headers.get('x-request-id'), body: JSON.parse(text) };
  }

  const told = (code: ErrorCode, requestId: string | null) => ({
    ...errorCodes[code],
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    requestId,
  });

  it.each(rest)('of a REST endpoint has its one shape: %s', async (_what, { code, ...request }) => {
    const { status, requestId, body } = await send(request);

    expect(body).toEqual({ ...told(code, requestId), message: expect.stringMatching(/\S/) });
    expect(status).toBe(errorCodes[code].status);
  });

  async function expectGraphqlShape({ code, ...request }: Refusal): Promise<void> {
    const { status, requestId, body } = await send(request);

    expect(Object.keys(body).sort()).toEqual('data' in body ? ['data', 'errors'] : ['errors']);
    expect(body.errors).toHaveLength(1);
    const [{ message, extensions, path, locations, ...others }] = body.errors;
    expect([message, others]).toEqual([expect.stringMatching(/\S/), {}]);
    expect(extensions).toMatchObject({ code, ...told(code, requestId) });
    expect(Object.keys(extensions).filter((key) => !known.has(key))).toEqual([]);
    // An error of a field comes with what the others answered.
    expect(status).toBe('data' in body ? 200 : errorCodes[code].status);
  }
  const known = new Set(['code', 'error', 'status', 'timestamp', 'requestId', 'subgraph', 'details']);

  it.each(graphql)('of GraphQL has its one shape: %s', (_what, refusal) => expectGraphqlShape(refusal));

  it('says in both shapes that a part of the product is away', async () => {
    const away = { url: 'http://127.0.0.1:9/graphql', timeoutMs: 500, seal: createSeal('a'.repeat(32)) };
    for (const name of ['integrations', 'accounts']) graph.broken.set(name, remoteSubgraph({ name, ...away }));

    const { status, requestId, body } = await send({ path: '/images/00' });
    await expectGraphqlShape({ ...ask('{ me { id } }'), code: 'SUBGRAPH_UNAVAILABLE' });

    expect([status, body]).toEqual([503, { ...told('SUBGRAPH_UNAVAILABLE', requestId), message: expect.any(String) }]);
    graph.broken.clear();
  });

  it('says in both shapes that a key asked for too much', async () => {
    const spend = ask('{ syncRuns(first: 100) { nodes { id } } }');
    const headers = { ...json, authorization: `Bearer ${graph.tokens.service}` };
    for (let calls = 0, last = 0; last !== 429; calls += 1) {
      expect(calls).toBeLessThan(300);
      last = (await fetch(graph.url, { ...spend, headers })).status;
    }

    const { status, requestId, body } = await send({ path: images, method: 'POST', as: 'service', body: 'text' });
    await expectGraphqlShape({ ...spend, as: 'service', code: 'RATE_LIMITED' });

    expect([status, body]).toEqual([429, { ...told('RATE_LIMITED', requestId), message: expect.any(String) }]);
  });
});
