import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from './harness.ts';

describe('the public door', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph();
  });
  afterAll(() => graph.stop());

  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(graph.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const extensionsOf = async (response: Response) =>
    ((await response.json()) as { errors: { extensions: unknown }[] }).errors[0]?.extensions;

  it('refuses truncated JSON', async () => {
    const response = await post('{"query": "{ me { na');

    expect(response.status).toBe(400);
    expect(await extensionsOf(response)).toMatchObject({ code: 'BAD_REQUEST', error: 'BadRequestError', status: 400 });
  });

  it('refuses a body of 50 MB without reading it to the end', async () => {
    const response = await post(Buffer.alloc(50 * 1024 * 1024, ' '));

    expect(response.status).toBe(413);
    expect(await extensionsOf(response)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', status: 413 });
  });

  it('refuses NaN and Infinity, which JSON does not have', async () => {
    for (const number of ['NaN', 'Infinity', '-Infinity']) {
      const response = await post(`{"query": "{ __typename }", "variables": {"n": ${number}}}`);
      expect(response.status).toBe(400);
    }
  });

  it('refuses windows-1251 bytes that claim to be UTF-8, and reads them when they are declared', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"query": "{ __typename }", "operationName": null, "extensions": {"note": "'),
      Buffer.from([0xe3, 0xf0, 0xe5, 0xf7]),
      Buffer.from('"}}'),
    ]);

    expect((await post(bytes)).status).toBe(400);
    expect((await post(bytes, { 'content-type': 'application/json; charset=windows-1251' })).status).toBe(200);
    expect((await post(bytes, { 'content-type': 'application/json; charset=klingon' })).status).toBe(415);
  });

  it('reads a body with a byte order mark', async () => {
    const response = await post(
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"query": "{ __typename }"}')]),
    );

    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('refuses a query that is fifty levels deep', async () => {
    const query = `{ categories ${'{ children '.repeat(49)} { id } ${'}'.repeat(49)} }`;

    const response = await post(JSON.stringify({ query }));

    expect(response.status).toBe(400);
    expect(await extensionsOf(response)).toMatchObject({ code: 'OPERATION_TOO_LARGE' });
  });

  it('answers a path it does not have in the form of its REST endpoints', async () => {
    const response = await fetch(graph.url.replace('/graphql', '/nowhere'));

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: 'NotFoundError',
      status: 404,
      message: expect.any(String),
      timestamp: expect.any(String),
    });
  });

  it('keeps a request id that a caller sends, and makes one otherwise', async () => {
    const query = JSON.stringify({ query: '{ __typename }' });

    expect((await post(query, { 'x-request-id': 'till-7.42' })).headers.get('x-request-id')).toBe('till-7.42');
    expect((await post(query, { 'x-request-id': 'two words' })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('shows Sandbox to a browser, lets the hosted Sandbox call, and nobody else', async () => {
    const page = await fetch(graph.url, { headers: { accept: 'text/html' } });
    const preflight = (origin: string) =>
      fetch(graph.url, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });

    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('sandbox');
    expect((await preflight('https://studio.apollographql.com')).headers.get('access-control-allow-origin')).toBe(
      'https://studio.apollographql.com',
    );
    expect((await preflight('https://elsewhere.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('tells whether it lives, whether it can serve, and how its parts are', async () => {
    const at = (path: string) => fetch(graph.url.replace('/graphql', path));

    expect((await at('/livez')).status).toBe(200);
    expect((await at('/readyz')).status).toBe(200);
    const health = await at('/health');
    expect(health.headers.get('content-type')).toContain('application/health+json');
    expect(await health.json()).toMatchObject({
      status: 'pass',
      checks: { 'subgraph:accounts': [{ status: 'pass' }] },
    });
  });

  it('has a description for every type, field and argument', async () => {
    const introspection = `{ __schema { types { name kind description fields { name description args { name description } } inputFields { name description } enumValues { name description } } } }`;
    const { data } = await graph.query(introspection);

    type Described = { name: string; description: string | null; args?: Described[] };
    type Type = Described & { fields?: Described[]; inputFields?: Described[]; enumValues?: Described[] };
    const missing = (data.__schema.types as Type[])
      .filter(
        ({ name }) => !name.startsWith('__') && name !== 'Query' && name !== 'Mutation' && name !== 'Subscription',
      )
      .concat(
        (data.__schema.types as Type[])
          .filter(({ name }) => name === 'Query' || name === 'Mutation')
          .map((type) => ({ ...type, description: '-' })),
      )
      .flatMap((type) => [
        ...(type.description ? [] : [type.name]),
        ...[...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])].flatMap((member) => [
          ...(member.description ? [] : [`${type.name}.${member.name}`]),
          ...(member.args ?? [])
            .filter((arg) => !arg.description)
            .map((arg) => `${type.name}.${member.name}(${arg.name}:)`),
        ]),
      ]);
    expect(missing).toEqual([]);
  });
});
