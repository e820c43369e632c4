import { readSettings } from '@gastronom/shared/env';
import { developmentSecrets } from '@gastronom/shared/secrets';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { developmentIssuer, developmentParty } from '../src/identity/development-token.ts';
import { startTestGraph, type TestGraph } from './harness.ts';

describe('the public door in production', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    const { DATA_DIR } = readSettings(z.object({ DATA_DIR: z.string() }));
    graph = await startTestGraph('one process', {
      ENVIRONMENT: 'production',
      CLERK_JWT_KEY: developmentSecrets(DATA_DIR).developmentKey.publicKey.replaceAll('\n', '\\n'),
      CLERK_ISSUERS: developmentIssuer,
      CLERK_AUTHORIZED_PARTIES: developmentParty,
      CORS_ORIGINS: 'https://shop.example',
      LOG_LEVEL: 'silent',
    });
  });
  afterAll(() => graph.stop());

  const introspection = '{ __schema { queryType { name } } }';

  it('shows its schema to admins alone', async () => {
    const byAdmin = await graph.query(introspection, {}, graph.tokens.admin);
    const byOthers = await Promise.all(
      ['', graph.tokens.customer, graph.tokens.staff, graph.tokens.service].map((token) =>
        graph.query(introspection, {}, token),
      ),
    );

    expect(byAdmin.data.__schema.queryType.name).toBe('Query');
    expect(byOthers.map(({ errors }) => errors?.[0].extensions.code)).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
    ]);
    expect(byOthers.map(({ data }) => data?.__schema)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('shows it to nobody else under an alias, in a fragment, or beside something else', async () => {
    const asked = await Promise.all(
      [
        '{ harmless: __schema { types { name } } }',
        '{ __type(name: "User") { name } }',
        '{ ...A } fragment A on Query { ...B } fragment B on Query { a: __type(name: "User") { fields { name } } }',
        '{ ... on Query { ... { __schema { queryType { name } } } } }',
        '{ __typename __schema @include(if: false) { queryType { name } } }',
      ].map((query) => graph.query(query)),
    );
    const federated = await graph.query('{ _service { sdl } }', {}, graph.tokens.admin);

    for (const { status, data, errors } of asked) {
      expect([status, data, errors?.[0].extensions.code]).toEqual([403, undefined, 'FORBIDDEN']);
    }
    expect((await graph.query('{ __typename kind: __typename }')).data).toEqual({ __typename: 'Query', kind: 'Query' });
    expect(federated.errors?.[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('shows no query plans', async () => {
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'apollo-query-plan-experimental': '1' },
      body: JSON.stringify({ query: '{ products(first: 1) { totalCount } }' }),
    });

    expect(await response.json()).toEqual({ data: { products: { totalCount: 0 } } });
  });

  it.each([
    ['fields', '{ meee { id } }', {}],
    ['fields of a type', '{ products { nodes { skuu } } }', {}],
    ['types', '{ ... on Querry { __typename } }', {}],
    ['types of variables', 'query Q($filter: ProductFilterInputt) { products(filter: $filter) { totalCount } }', {}],
    ['arguments', '{ products(firs: 1) { totalCount } }', {}],
    ['input fields', '{ products(filter: { minPric: "1" }) { totalCount } }', {}],
    ['enum values', '{ products(sort: NAME_AS) { totalCount } }', {}],
    ['selections', '{ me }', {}],
    [
      'input fields in variables',
      'query Q($f: ProductFilter) { products(filter: $f) { totalCount } }',
      { f: { minPric: '1' } },
    ],
    ['enum values in variables', 'query Q($s: ProductSort) { products(sort: $s) { totalCount } }', { s: 'NAME_AS' }],
  ])('suggests no %s to anyone but admins', async (_what, query, variables) => {
    const byAdmin = await graph.query(query, variables, graph.tokens.admin);
    const byOthers = await Promise.all(
      ['', graph.tokens.customer, graph.tokens.staff, graph.tokens.service].map((token) =>
        graph.query(query, variables, token),
      ),
    );

    const messages = (errors: { message: string }[] = []) => errors.map(({ message }) => message).join();
    expect(messages(byAdmin.errors)).toContain('Did you mean');
    for (const { errors } of byOthers) {
      expect(errors?.length).toBeGreaterThan(0);
      expect(messages(errors)).not.toContain('Did you mean');
    }
  });

  it('shows no Sandbox, and lets only the origins of its settings call', async () => {
    const page = await fetch(graph.url, { headers: { accept: 'text/html' } });
    const allowed = async (origin: string) =>
      (
        await fetch(graph.url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
      ).headers.get('access-control-allow-origin');

    expect(await page.text()).not.toContain('sandbox');
    expect(await allowed('https://shop.example')).toBe('https://shop.example');
    expect(await allowed('https://studio.apollographql.com')).toBeNull();
  });
});
