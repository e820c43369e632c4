import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256 } from '../src/documents/document-reader.ts';
import { startTestGraph, type TestGraph } from './harness.ts';

const front = 'query Front($first: Int) { products(first: $first) { totalCount } }';
const kind = 'query Kind { kind: __typename }';
const deep = `query Deep { __type(name: "Product") ${'{ ofType '.repeat(18)} { name } ${'}'.repeat(18)} }`;
const change = 'mutation Change { __typename }';
const strange = '{ strange: __typename }';

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  readonly body: any;
}

const read = async (response: Response): Promise<Reply> => ({
  status: response.status,
  headers: response.headers,
  body: await response.json(),
});

/** How a graph is asked by documents of all kinds. */
const asking = (graph: () => TestGraph) => ({
  post: async (body: object, token = '', headers: Record<string, string> = {}) =>
    read(
      await fetch(graph().url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...headers,
        },
        body: JSON.stringify(body),
      }),
    ),
  get: async (query: Record<string, string>) =>
    read(await fetch(`${graph().url}?${new URLSearchParams(query)}`, { headers: { 'apollo-require-preflight': '1' } })),
});

const apq = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });
const codeOf = ({ body }: Reply): string | undefined => body.errors?.[0].extensions.code;

describe('persisted documents', () => {
  let folder: string;
  let graph: TestGraph;
  const { post, get } = asking(() => graph);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'documents-'));
    await writeFile(
      join(folder, 'apollo.json'),
      JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: sha256(front), name: 'Front', type: 'query', body: front }],
      }),
    );
    await writeFile(
      join(folder, 'map.json'),
      JSON.stringify({ [`sha256:${sha256(deep)}`]: deep, 'storefront-kind': kind }),
    );
    await writeFile(join(folder, 'change.graphql'), change);
    graph = await startTestGraph('one process', { PERSISTED_DOCUMENTS: folder, LOG_LEVEL: 'silent' });
  });
  afterAll(async () => {
    await graph.stop();
    await rm(folder, { recursive: true });
  });

  describe('that are registered', () => {
    it('run by their id, with and without its prefix, and by the name that a manifest gives', async () => {
      const variables = { first: 1 };
      const total = { data: { products: { totalCount: expect.any(Number) } } };

      expect((await post({ documentId: `sha256:${sha256(front)}`, variables })).body).toEqual(total);
      expect((await post({ documentId: sha256(front), variables, operationName: 'Front' })).body).toEqual(total);
      expect((await post({ documentId: 'storefront-kind' })).body).toEqual({ data: { kind: 'Query' } });
      expect((await post({ documentId: `sha256:${sha256(kind)}` })).body).toEqual({ data: { kind: 'Query' } });
    });

    it('run by GET, mutations excepted', async () => {
      const variables = JSON.stringify({ first: 1 });
      const changed = await get({ documentId: `sha256:${sha256(change)}` });

      expect((await get({ documentId: `sha256:${sha256(front)}`, variables })).body.data.products).toBeDefined();
      expect([changed.status, codeOf(changed), changed.headers.get('allow')]).toEqual([
        405,
        'METHOD_NOT_ALLOWED',
        'POST',
      ]);
    });

    it('run each by itself in a batch', async () => {
      const { status, body } = await post([
        { documentId: 'storefront-kind' },
        { documentId: 'nothing' },
        { query: '{ __typename }' },
      ]);

      expect(status).toBe(200);
      expect(body[0]).toEqual({ data: { kind: 'Query' } });
      expect(body[1].errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
      expect(body[2]).toEqual({ data: { __typename: 'Query' } });
    });

    it('are held to no limits of size, which the same text of a stranger is held to', async () => {
      expect((await post({ documentId: `sha256:${sha256(deep)}` })).body.data).toBeDefined();
      expect(codeOf(await post({ query: `${deep} ` }))).toBe('OPERATION_TOO_LARGE');
    });

    it('are not found under another id', async () => {
      for (const documentId of ['sha256:', `sha256:${'0'.repeat(64)}`, `md5:${sha256(front)}`, 'Front', '__proto__']) {
        const reply = await post({ documentId });

        expect(reply.status).toBe(400);
        expect(reply.body).toEqual({
          errors: [
            {
              message: expect.stringContaining('No document is registered as'),
              extensions: expect.objectContaining({ code: 'PERSISTED_QUERY_NOT_FOUND', status: 400 }),
            },
          ],
        });
      }
    });

    it('do not run beside another document', async () => {
      const documentId = `sha256:${sha256(kind)}`;

      expect((await post({ documentId, query: kind })).body).toEqual({ data: { kind: 'Query' } });
      expect(codeOf(await post({ documentId, query: strange }))).toBe('BAD_REQUEST');
      expect(codeOf(await post({ documentId, extensions: apq(strange) }))).toBe('BAD_REQUEST');
      expect(codeOf(await post({ documentId: 7 }))).toBe('BAD_REQUEST');
      expect(codeOf(await get({ documentId: '' }))).toBe('BAD_REQUEST');
    });
  });

  describe('that clients send with their hash', () => {
    it('are missed, sent once, and found from then on', async () => {
      const query = '{ automatic: __typename }';
      const data = { automatic: 'Query' };

      const missed = await post({ extensions: apq(query) });
      const sent = await post({ query, extensions: apq(query) });
      const found = await post({ extensions: apq(query) });
      const foundByGet = await get({ extensions: JSON.stringify(apq(query)) });

      // As Apollo Server answers it, and its clients know it.
      expect(missed.status).toBe(200);
      expect(missed.headers.get('cache-control')).toBe('private, no-store');
      expect(missed.body).toEqual({
        errors: [
          {
            message: 'PersistedQueryNotFound',
            extensions: expect.objectContaining({ code: 'PERSISTED_QUERY_NOT_FOUND' }),
          },
        ],
      });
      expect([sent.body, found.body, foundByGet.body]).toEqual([{ data }, { data }, { data }]);
    });

    it('are refused and not kept where the hash is that of another', async () => {
      const query = '{ forged: __typename }';

      const refused = await post({ query, extensions: apq(strange) });

      expect([refused.status, codeOf(refused)]).toEqual([400, 'BAD_REQUEST']);
      expect(codeOf(await post({ extensions: apq(strange) }))).toBe('PERSISTED_QUERY_NOT_FOUND');
      expect(codeOf(await post({ extensions: apq(query) }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    });

    it('are not kept where they cannot run', async () => {
      const query = '{ nope }';

      expect(codeOf(await post({ query, extensions: apq(query) }))).toBe('GRAPHQL_VALIDATION_FAILED');
      expect(codeOf(await post({ extensions: apq(query) }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    });

    it.each([
      ['another version', { version: 2, sha256Hash: sha256(kind) }],
      ['no hash', { version: 1 }],
      ['a hash that is none', { version: 1, sha256Hash: 'x'.repeat(64) }],
      ['a hash that is no text', { version: 1, sha256Hash: { toString: 1 } }],
      ['no object', 'yes'],
    ])('are refused with %s', async (_what, persistedQuery) => {
      const reply = await post({ query: kind, extensions: { persistedQuery } });

      expect([reply.status, codeOf(reply)]).toEqual([400, 'BAD_REQUEST']);
    });
  });

  describe('where only registered ones may run', () => {
    let closed: TestGraph;
    const { post: ask } = asking(() => closed);
    beforeAll(async () => {
      closed = await startTestGraph('one process', {
        PERSISTED_DOCUMENTS: folder,
        PERSISTED_DOCUMENTS_ONLY: 'true',
        LOG_LEVEL: 'silent',
      });
    });
    afterAll(() => closed.stop());

    it('let customers and strangers run these, by id, hash or text', async () => {
      for (const token of ['', closed.tokens.customer]) {
        expect((await ask({ documentId: 'storefront-kind' }, token)).body.data).toEqual({ kind: 'Query' });
        expect((await ask({ extensions: apq(kind) }, token)).body.data).toEqual({ kind: 'Query' });
        expect((await ask({ query: kind }, token)).body.data).toEqual({ kind: 'Query' });
      }
    });

    it('refuse them all others, before they are read', async () => {
      for (const token of ['', closed.tokens.customer]) {
        for (const body of [{ query: strange }, { query: strange, extensions: apq(strange) }, { query: '{ nope' }]) {
          const reply = await ask(body, token);
          expect([reply.status, reply.body.data, codeOf(reply)]).toEqual([403, undefined, 'DOCUMENT_NOT_REGISTERED']);
        }
      }
    });

    it('leave staff, admins and API keys free, whose queries nobody else can run by their hash', async () => {
      const { staff, admin, service, customer } = closed.tokens;
      for (const token of [staff, admin, service]) {
        const reply = await ask({ query: strange, extensions: apq(strange) }, token);
        expect(reply.body).toEqual({ data: { strange: 'Query' } });
      }

      expect(codeOf(await ask({ extensions: apq(strange) }, customer))).toBe('DOCUMENT_NOT_REGISTERED');
    });
  });
});
