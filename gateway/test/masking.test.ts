import { DomainError, type ErrorCode, errorCodes } from '@gastronom/shared/domain-error';
import { readSettings } from '@gastronom/shared/env';
import { developmentSecrets } from '@gastronom/shared/secrets';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { developmentIssuer, developmentParty } from '../src/identity/development-token.ts';
import { type Mode, startTestGraph, type TestGraph } from './harness.ts';

const secret = 'connect ECONNREFUSED 10.0.0.7:5432: SELECT password FROM users -- hunter2 at /srv/app/db.ts:12';
const tellTale = /10\.0\.0\.7|SELECT|hunter2|\/srv\/|node_modules|\.ts:\d|stack/;

function production(): NodeJS.ProcessEnv {
  const { DATA_DIR } = readSettings(z.object({ DATA_DIR: z.string() }));
  return {
    ENVIRONMENT: 'production',
    CLERK_JWT_KEY: developmentSecrets(DATA_DIR).developmentKey.publicKey.replaceAll('\n', '\\n'),
    CLERK_ISSUERS: developmentIssuer,
    CLERK_AUTHORIZED_PARTIES: developmentParty,
  };
}

const ways: readonly [Mode, string, () => NodeJS.ProcessEnv][] = [
  ['one process', 'production', production],
  ['remote subgraphs', 'development', () => ({ ENVIRONMENT: 'development' })],
];

describe.each(ways)('an error, %s, in %s,', (mode, _environment, variables) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph(mode, { LOG_LEVEL: 'silent', ...variables() });
  });
  afterEach(() => graph.broken.clear());
  afterAll(() => graph.stop());

  const query = '{ products(first: 1) { totalCount nodes { sku name } } }';
  const ask = async (text = query) => {
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text }),
    });
    const body = await response.text();
    expect(body).not.toMatch(tellTale);
    const { errors = [], extensions } = JSON.parse(body);
    expect(extensions).toBeUndefined();
    return errors as { message: string; extensions: { code: ErrorCode } }[];
  };
  const inForm = (code: ErrorCode, extra: object = {}) => ({
    code,
    ...errorCodes[code],
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    ...extra,
  });

  it.each([
    ['an error', new Error(secret)],
    ['an error of GraphQL without a code', new GraphQLError(secret)],
    [
      'an error with a code that is not ours',
      new GraphQLError(secret, { extensions: { code: 'ECONNREFUSED', secret } }),
    ],
    ['no error at all', { toString: () => secret }],
  ])('is masked where a subgraph throws %s', async (_what, thrown) => {
    graph.broken.set(
      'catalog',
      fakeSubgraph(() => Promise.reject(thrown)),
    );

    const [error, ...others] = await ask();

    expect(others).toEqual([]);
    expect(error?.extensions).toEqual(inForm('INTERNAL_SERVER_ERROR'));
  });

  it.each([
    ['no code', { stacktrace: [secret], exception: { secret } }],
    ['our code for it', { code: 'INTERNAL_SERVER_ERROR', details: { secret } }],
    ['a code of its own', { code: 'P0001', secret }],
  ])('is masked where a subgraph answers one with %s', async (_what, extensions) => {
    const error = new GraphQLError(secret, { path: ['products'], extensions });
    graph.broken.set(
      'catalog',
      fakeSubgraph(() => Promise.resolve({ data: { products: null }, errors: [error] })),
    );

    const errors = await ask();

    expect(errors.map(({ extensions }) => extensions)).toEqual([inForm('INTERNAL_SERVER_ERROR')]);
  });

  it('keeps what may be told, and not why a part of ours does not answer', async () => {
    graph.broken.set(
      'catalog',
      fakeSubgraph(() => Promise.reject(new DomainError('SUBGRAPH_UNAVAILABLE', 'It is away.', { reason: secret }))),
    );
    const [thrown] = await ask();
    const details = { reason: secret };
    const away = new GraphQLError('It is away.', { extensions: { code: 'SUBGRAPH_UNAVAILABLE', details } });
    graph.broken.set(
      'catalog',
      fakeSubgraph(() => Promise.resolve({ data: null, errors: [away] })),
    );
    const [answered] = await ask();

    for (const error of [thrown, answered]) {
      expect(error?.message).toBe('It is away.');
      expect(error?.extensions).toEqual(inForm('SUBGRAPH_UNAVAILABLE', { subgraph: 'catalog' }));
    }
  });

  it.each([
    [
      'a null where there can be none',
      { products: { totalCount: 1, nodes: [{ __typename: 'Product', sku: null, name: secret }] } },
    ],
    ['no list where there must be one', { products: { totalCount: 1, nodes: secret } }],
    ['a text where there must be a number', { products: { totalCount: secret, nodes: [] } }],
    ['a text where there must be an object', { products: secret }],
  ])('is masked where a subgraph answers %s', async (_what, data) => {
    graph.broken.set(
      'catalog',
      fakeSubgraph(() => Promise.resolve({ data: structuredClone(data) })),
    );

    const errors = await ask();

    expect(errors.length).toBeGreaterThan(0);
    for (const { extensions } of errors) expect(extensions).toEqual(inForm('INTERNAL_SERVER_ERROR'));
  });

  it('tells a client of a value that its scalar does not take', async () => {
    const errors = await ask('{ products(filter: { minPrice: "dear" }) { totalCount } }');

    expect(errors.map(({ extensions }) => extensions)).toEqual([inForm('BAD_USER_INPUT', { subgraph: 'catalog' })]);
    expect(errors[0]?.message).toContain('dear');
  });

  it.each([
    ['a body that is no JSON', { body: '{"query": ' }, 'BAD_REQUEST'],
    [
      'a body of another type',
      { headers: { 'content-type': 'application/xml' }, body: '<x/>' },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['an empty body', { body: '' }, 'BAD_REQUEST'],
    ['a body that is no object', { body: '7' }, 'BAD_REQUEST'],
    ['no document', { body: '{"variables": {}}' }, 'BAD_REQUEST'],
    ['a document that is none', { body: '{"query": "{"}' }, 'GRAPHQL_PARSE_FAILED'],
    ['a field that is none', { body: '{"query": "{ nope }"}' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a document that is too large',
      { body: JSON.stringify({ query: `{ ${'a '.repeat(3000)} }` }) },
      'OPERATION_TOO_LARGE',
    ],
    [
      'a variable that does not fit',
      { body: '{"query": "query Q($a: Int!) { products(first: $a) { nodes { sku } } }"}' },
      'BAD_USER_INPUT',
    ],
    [
      'an operation that is not there',
      { body: '{"query": "query A { __typename }", "operationName": "B"}' },
      'BAD_REQUEST',
    ],
    [
      'a token that is none',
      { headers: { authorization: 'Bearer x' }, body: '{"query": "{ __typename }"}' },
      'UNAUTHENTICATED',
    ],
    [
      'an answer of another type',
      { headers: { accept: 'text/css' }, body: '{"query": "{ __typename }"}' },
      'NOT_ACCEPTABLE',
    ],
    ['a method that is none', { method: 'PATCH', body: '{}' }, 'METHOD_NOT_ALLOWED'],
    [
      'a simple request',
      { headers: { 'content-type': 'text/plain' }, body: '{"query": "{ __typename }"}' },
      'BAD_REQUEST',
    ],
  ] as const)('has its form after %s', async (_what, init, code) => {
    const response = await fetch(graph.url, {
      method: 'POST',
      ...init,
      headers: { 'content-type': 'application/json', ...('headers' in init ? init.headers : {}) },
    });
    const body = await response.text();

    expect(body).not.toMatch(tellTale);
    for (const error of JSON.parse(body).errors) {
      expect(error.message).toEqual(expect.any(String));
      expect(error.extensions).toMatchObject(inForm(code));
    }
  });
});
