import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';
import { LiveClient, openStream } from './live-harness.ts';

const watchTea =
  'subscription ($skus: [String!]!) { productsBySku(skus: $skus) { sku availability { status availableOnline } } }';
const tea = (status: string, availableOnline: number) => ({
  data: { productsBySku: [{ sku: 'TEA', availability: { status, availableOnline } }] },
});
const origin = 'https://shop.example';
const costly =
  'subscription ($skus: [String!]!) { productsBySku(skus: $skus) { category { children { children { children { children { name } } } } } } }';
const manySkus = Array.from({ length: 101 }, (_, place) => `SKU-${place}`);

describe.each(modes)('live queries, %s', (mode) => {
  let graph: TestGraph;
  beforeAll(async () => {
    process.env.AVAILABILITY_DEBOUNCE_SECONDS = '0';
    graph = await startTestGraph(mode, {
      // Whatever comes here, comes because somebody told of it.
      LIVE_LOOK_SECONDS: '3600',
      LIVE_DEBOUNCE_MS: '10',
      LIVE_HEARTBEAT_SECONDS: '0.05',
      CORS_ORIGINS: origin,
      RATE_LIMIT_IP: '1000000',
    });
  });
  afterAll(async () => {
    await graph.stop();
    delete process.env.AVAILABILITY_DEBOUNCE_SECONDS;
  });

  const sync = (...items: object[]) =>
    graph.query(
      'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { results { outcome } userErrors { message } } }',
      { input: { source: 'one_c', items } },
      graph.tokens.service,
    );
  const stock = (stockQuantity: number, sku = 'TEA') => sync({ sku, name: sku, stockQuantity });
  const open = (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
    openStream(graph.url, { query, variables }, headers);

  it.each([false, true])(
    'tell at once what is, and then what becomes of it (single connection: %s)',
    async (single) => {
      await stock(12);
      const client = new LiveClient(graph.url, { singleConnection: single });
      const watching = client.watch(watchTea, { skus: ['TEA'] });

      expect(await watching.next()).toEqual(tea('IN_STOCK', 7));
      await stock(7.5);
      expect(await watching.next()).toEqual(tea('LOW_STOCK', 2.5));
      await stock(0);
      expect(await watching.next()).toEqual(tea('OUT_OF_STOCK', 0));
      client.close();
    },
  );

  it('share one connection, and end one by one', async () => {
    await sync({ sku: 'TEA', name: 'TEA', stockQuantity: 12 }, { sku: 'RICE', name: 'RICE', stockQuantity: 8 });
    const client = new LiveClient(graph.url, { singleConnection: true });
    const byFragment =
      'subscription Watch { ...Tea } fragment Tea on Subscription { productsBySku(skus: ["TEA"]) { availableOnline } }';
    const [first, second] = [client.watch(watchTea, { skus: ['RICE'] }), client.watch(byFragment)];
    await first.next();
    expect(await second.next()).toEqual({ data: { productsBySku: [{ availableOnline: 7 }] } });
    first.stop();

    await sync({ sku: 'TEA', name: 'TEA', stockQuantity: 11 }, { sku: 'RICE', name: 'RICE', stockQuantity: 9 });

    expect(await second.next()).toEqual({ data: { productsBySku: [{ availableOnline: 6 }] } });
    expect([first.unheard, client.connections]).toEqual([[], 1]);
    const once = client.watch('{ product(sku: "TEA") { sku } }');
    expect(await once.next()).toEqual({ data: { product: { sku: 'TEA' } } });
    await once.ended;
    client.close();
  });

  it('leave out goods that there are not, and begin to tell of them when there are', async () => {
    const stream = await open(watchTea, { skus: ['NEW', ' NEW '] });
    expect(await stream.next()).toMatchObject({ event: 'next', data: { data: { productsBySku: [] } } });

    await stock(12, 'NEW');

    expect((await stream.next())?.data.data.productsBySku).toEqual([
      { sku: 'NEW', availability: { status: 'IN_STOCK', availableOnline: 7 } },
    ]);
    stream.close();
  });

  it('go out as they come: nobody between may keep or change them, and silence is filled', async () => {
    const stream = await open(watchTea, { skus: ['TEA'] }, { origin });

    expect(stream.status).toBe(200);
    expect(Object.fromEntries(stream.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-request-id': expect.any(String),
      ratelimit: expect.stringContaining('"ip"'),
      'access-control-allow-origin': origin,
    });
    await stream.heartbeats(3);
    stream.close();
    const preflight = await fetch(graph.url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-any' },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-graphql-event-stream-token');
  });

  it('spare a client that comes again what it has', async () => {
    await stock(12);
    const first = await open(watchTea, { skus: ['TEA'] });
    const { id = '' } = (await first.next()) ?? {};
    first.close();

    const again = await open(watchTea, { skus: ['TEA'] }, { 'last-event-id': id });
    const other = await open(watchTea, { skus: ['TEA'] });
    await other.next();
    await stock(6);

    expect((await again.next())?.data).toEqual(tea('LOW_STOCK', 1));
    again.close();
    other.close();
  });

  it.each([
    ['cannot be read', '{', {}, 'GRAPHQL_PARSE_FAILED'],
    [
      'asks for two things',
      'subscription { a: order(id: "1") { id } b: order(id: "1") { id } }',
      {},
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['lacks its variables', watchTea, {}, 'BAD_USER_INPUT'],
    ['asks for too many goods', watchTea, { skus: manySkus }, 'BAD_USER_INPUT'],
    ['is not for who asks', 'subscription { myOrders(first: 1) { nodes { id } } }', {}, 'UNAUTHENTICATED'],
    ['costs too much', costly, { skus: manySkus.slice(1) }, 'OPERATION_TOO_COSTLY'],
  ])('tell in one event why an operation is refused that %s', async (_what, query, variables, code) => {
    const stream = await open(query, variables);

    expect([stream.status, (await stream.next())?.data.errors[0].extensions.code]).toEqual([200, code]);
    expect(await stream.next()).toEqual({ event: 'complete', id: undefined, data: null });
    expect(await stream.next()).toBeUndefined();
  });

  it('answer a query with one event, or plainly where the client reads that as well', async () => {
    const stream = await open('{ product(sku: "TEA") { sku } }');
    const plain = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });

    expect((await stream.next())?.data).toEqual({ data: { product: { sku: 'TEA' } } });
    expect((await stream.next())?.event).toBe('complete');
    expect(await plain.json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('are refused to who would not read a stream, and in batches', async () => {
    const { status, errors } = await graph.query(watchTea, { skus: ['TEA'] });
    const batch = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify([{ query: watchTea, variables: { skus: ['TEA'] } }]),
    });

    expect([status, errors?.[0].extensions.code]).toEqual([406, 'NOT_ACCEPTABLE']);
    expect((await batch.json()) as object).toMatchObject([{ errors: [{ extensions: { code: 'NOT_ACCEPTABLE' } }] }]);
  });

  it('find no stream but that of their token', async () => {
    const call = (method: string, headers: Record<string, string>, search = '', body?: object) =>
      fetch(`${graph.url}${search}`, {
        method,
        headers: body ? { 'content-type': 'application/json', ...headers } : headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    const token = await (await call('PUT', {})).text();
    const named = { 'x-graphql-event-stream-token': token };
    const events = { accept: 'text/event-stream' };
    const stream = await call('GET', events, `?token=${token}`);
    const operation = { query: watchTea, variables: { skus: ['TEA'] }, extensions: { operationId: '1' } };

    const answers = [
      await call('GET', { ...events, 'x-graphql-event-stream-token': 'guessed' }),
      await call('POST', { 'x-graphql-event-stream-token': 'guessed' }, '', operation),
      await call('DELETE', {}, '?operationId=1'),
      await call('GET', events, `?token=${token}`),
      await call('POST', named, '', { query: watchTea }),
      await call('POST', named, '', operation),
      await call('POST', named, '', operation),
      await call('POST', named, '', { ...operation, query: '{ nothing }', extensions: { operationId: '2' } }),
      await call('DELETE', named, '?operationId=1'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 409, 400, 202, 409, 400, 200]);
    await stream.body?.cancel();
  });

  it('are one look for all who watch the same', async () => {
    await stock(12);
    const streams = await Promise.all(
      Array.from({ length: 150 }, () => open('subscription { productsBySku(skus: ["TEA"]) { availableOnline } }')),
    );
    for (const stream of streams) expect((await stream.next())?.data.data.productsBySku[0].availableOnline).toBe(7);
    graph.statements();

    await stock(13);

    for (const stream of streams) expect((await stream.next())?.data.data.productsBySku[0].availableOnline).toBe(8);
    const statements = Object.values(graph.statements()).flat().length;
    // Most of them are those of the sync.
    expect(statements).toBeLessThan(60);
    for (const stream of streams) stream.close();
  });
});
