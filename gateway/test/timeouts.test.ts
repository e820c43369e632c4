import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { remoteSubgraph } from '@gastronom/shared/remote-subgraph';
import type { SubgraphTransport } from '@gastronom/shared/subgraph';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from './harness.ts';

const page = '{ products(first: 1) { totalCount } me { id } }';
const told = (code: string, extra: object = {}) => ({
  code,
  error: expect.any(String),
  status: 504,
  timestamp: expect.any(String),
  requestId: expect.any(String),
  ...extra,
});

/** A subgraph that takes every question and answers none; it notes when it is told that nobody waits. */
function silentSubgraph(): { transport: SubgraphTransport; asked: Promise<void>; left: Promise<void> } {
  const asked = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const transport = fakeSubgraph((_operation, { signal }) => {
    asked.resolve();
    signal?.addEventListener('abort', () => left.resolve());
    return new Promise(() => undefined);
  });
  return { transport, asked: asked.promise, left: left.promise };
}

describe('the time that an operation may take', () => {
  let graph: TestGraph;
  let silence: Server;
  beforeAll(async () => {
    // Accounts is given longer than an operation: what waits for it runs into the whole operation's time.
    graph = await startTestGraph('one process', {
      OPERATION_TIMEOUT_MS: '3000',
      SUBGRAPH_TIMEOUT_MS: '1000',
      ACCOUNTS_TIMEOUT_MS: '60000',
      LOG_LEVEL: 'silent',
    });
    // What is asked the first time is planned and read in; a busy machine takes long for that.
    while ((await graph.query('{ products { totalCount } me { id } }')).errors !== undefined);
    silence = createServer();
    await new Promise<void>((resolve) => silence.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => graph.broken.clear());
  afterAll(async () => {
    await graph.stop();
    silence.closeAllConnections();
    silence.close();
  });

  it('is not lost on a subgraph in this process that does not answer: the rest of the page comes', async () => {
    const { transport, left } = silentSubgraph();
    graph.broken.set('catalog', transport);

    const { status, data, errors } = await graph.query(
      '{ me { id } category(id: "00000000-0000-0000-0000-000000000000") { id } }',
    );

    await left;
    expect(status).toBe(200);
    expect(data).toEqual({ me: null, category: null });
    expect(errors).toHaveLength(1);
    expect(errors?.[0].message).toBe('The catalog subgraph did not answer within 1000 ms.');
    expect(errors?.[0].extensions).toEqual(told('SUBGRAPH_TIMEOUT', { subgraph: 'catalog' }));
  });

  it('is not lost on a subgraph behind HTTP, whose connection is let go of', async () => {
    const closed = new Promise<void>((resolve) => {
      silence.once('request', (request) => request.once('close', () => resolve()));
    });
    const { port } = silence.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/graphql`;
    const remote = remoteSubgraph({ name: 'catalog', url, timeoutMs: 60_000, seal: () => 'sealed' });
    graph.broken.set('catalog', remote);

    const { data, errors } = await graph.query('{ category(id: "00000000-0000-0000-0000-000000000000") { id } }');

    await closed;
    expect(data).toEqual({ category: null });
    expect(errors?.[0].extensions).toEqual(told('SUBGRAPH_TIMEOUT', { subgraph: 'catalog' }));
    await remote.close();
  });

  it('ends an operation with what was answered by then', async () => {
    const { transport, left } = silentSubgraph();
    graph.broken.set('accounts', transport);

    const { status, data, errors } = await graph.query(page);

    await left;
    expect(status).toBe(200);
    expect(data).toEqual({ products: { totalCount: expect.any(Number) }, me: null });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([told('OPERATION_TIMEOUT', { subgraph: 'accounts' })]);
  });

  it('ends an operation of which nothing was answered with 504 and no data', async () => {
    graph.broken.set('accounts', silentSubgraph().transport);

    const { status, data, errors } = await graph.query('{ me { id } }');

    expect(status).toBe(504);
    expect(data).toBeUndefined();
    expect(errors?.map(({ extensions }) => extensions)).toEqual([told('OPERATION_TIMEOUT', { subgraph: 'accounts' })]);
  });

  it('counts from when it is found out who asks', async () => {
    graph.broken.set('accounts', silentSubgraph().transport);

    const { status, errors } = await graph.query('{ __typename }', {}, graph.tokens.service);

    expect(status).toBe(504);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([told('OPERATION_TIMEOUT')]);
  });

  it('ends at once when the client leaves', async () => {
    const { transport, asked, left } = silentSubgraph();
    graph.broken.set('accounts', transport);
    const client = new AbortController();

    const answer = fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ me { id } }' }),
      signal: client.signal,
    });
    await asked;
    client.abort();

    await expect(answer).rejects.toThrow();
    await left;
  });

  it('is each operation’s own in a batch', async () => {
    graph.broken.set('accounts', silentSubgraph().transport);

    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ me { id } }' }, { query: '{ products(first: 1) { totalCount } }' }]),
    });

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual([
      { errors: [{ message: expect.any(String), extensions: told('OPERATION_TIMEOUT', { subgraph: 'accounts' }) }] },
      { data: { products: { totalCount: expect.any(Number) } } },
    ]);
  });
});
