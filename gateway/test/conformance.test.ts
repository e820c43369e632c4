import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { startTestGraph, type TestGraph } from './harness.ts';

/**
 * Audits of what a server MAY do, which ours does not do for a client that sends no header of its own: a query by GET
 * could come from any page (CSRF). With `apollo-require-preflight` it is answered, and the audits pass.
 */
const refusedWithoutHeader = ['5A70', 'D6D5', '6A70'];

describe('GraphQL over HTTP', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph();
  });
  afterAll(() => graph.stop());

  const audits = serverAudits({ url: () => graph.url });
  const demanded = audits.filter(({ name }) => !name.startsWith('MAY'));
  const optional = audits.filter(({ name }) => name.startsWith('MAY'));
  const resultOf = async (audit: (typeof audits)[number]) => {
    const result = await audit.fn();
    return result.status === 'ok' ? 'ok' : result.reason;
  };

  it('is audited in full', () => {
    expect(demanded.length).toBeGreaterThan(30);
    expect(optional.length).toBeGreaterThan(20);
  });

  it.each(demanded.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_name, audit) => {
    expect(await resultOf(audit)).toBe('ok');
  });

  it.each(
    optional
      .filter(({ id }) => !refusedWithoutHeader.includes(id))
      .map((audit) => [`${audit.id} ${audit.name}`, audit] as const),
  )('%s', async (_name, audit) => {
    expect(await resultOf(audit)).toBe('ok');
  });

  it('refuses by CSRF prevention what else it may accept, and accepts it with a header that asks first', async () => {
    const withHeader = serverAudits({
      url: () => graph.url,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': 'true' } }),
    });

    for (const id of refusedWithoutHeader) {
      const [plain, asking] = [audits, withHeader].map((all) => all.find((audit) => audit.id === id));
      if (!plain || !asking) throw new Error(`there is no audit ${id}`);
      expect([id, await resultOf(plain)]).not.toEqual([id, 'ok']);
      expect([id, await resultOf(asking)]).toEqual([id, 'ok']);
    }
  });

  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
    return { status: response.status, body: (await response.json()) as any };
  };

  describe('a request', () => {
    const get = (query: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(`${graph.url}?${new URLSearchParams(query)}`, { headers });
    const form = (type: string, headers: Record<string, string> = {}) =>
      fetch(graph.url, {
        method: 'POST',
        headers: { 'content-type': type, ...headers },
        body: '{"query":"{ __typename }"}',
      });
    const codeOf = async (response: Response) => {
      const { errors } = (await response.json()) as { errors: { extensions: object }[] };
      return [response.status, errors[0]?.extensions];
    };
    const told = (code: string, status: number) => [
      status,
      { code, error: expect.any(String), status, timestamp: expect.any(String), requestId: expect.any(String) },
    ];

    it('that a page of another site could send is refused, unless it asked before', async () => {
      expect(await codeOf(await get({ query: '{ __typename }' }))).toEqual(told('BAD_REQUEST', 400));
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        expect(await codeOf(await form(type))).toEqual(told('BAD_REQUEST', 400));
      }

      const asked = { 'apollo-require-preflight': '1' };
      expect(await (await get({ query: '{ __typename }' }, asked)).json()).toEqual({ data: { __typename: 'Query' } });
      expect(await (await get({ query: '{ __typename }' }, { 'content-type': 'application/json' })).json()).toEqual({
        data: { __typename: 'Query' },
      });
      // Asking before makes no GraphQL of a form.
      expect(await codeOf(await form('text/plain', asked))).toEqual(told('BAD_REQUEST', 400));
    });

    it('changes nothing by GET', async () => {
      const response = await get({ query: 'mutation { __typename }' }, { 'apollo-require-preflight': '1' });

      expect(response.headers.get('allow')).toBe('POST');
      expect(await codeOf(response)).toEqual(told('METHOD_NOT_ALLOWED', 405));
    });

    it('of another method is refused, with those that there are', async () => {
      const response = await fetch(graph.url, { method: 'PATCH' });
      expect(response.headers.get('allow')).toMatch(/GET.*POST/);
      expect(await codeOf(response)).toEqual(told('METHOD_NOT_ALLOWED', 405));
    });

    it('whose answer its sender would not read is not run', async () => {
      const response = await fetch(graph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'image/png, application/json;q=0' },
        body: '{"query":"{ __typename }"}',
      });

      expect(await codeOf(response)).toEqual(told('NOT_ACCEPTABLE', 406));
    });

    it('with several operations names the one it means', async () => {
      const query = 'query A { __typename } query B { __typename }';

      expect((await post({ query })).body.errors[0].extensions.code).toBe('BAD_REQUEST');
      expect((await post({ query, operationName: 'C' })).status).toBe(400);
      expect((await post({ query: 'query A { __typename }', operationName: '' })).body.data).toEqual({
        __typename: 'Query',
      });
    });

    it('tells an error with the status that its media type asks for', async () => {
      const accept = 'application/graphql-response+json';
      const json = await post({ query: '{ nope }' });
      const graphql = await post({ query: '{ nope }' }, { accept });
      const truncated = await fetch(graph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: '{"query":',
      });

      expect([json.status, graphql.status]).toEqual([200, 400]);
      expect(graphql.body.errors[0].extensions).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED', status: 400 });
      expect(truncated.headers.get('content-type')).toContain(accept);
      expect(await codeOf(truncated)).toEqual(told('BAD_REQUEST', 400));
    });
  });
});
