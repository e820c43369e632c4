import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { DomainError } from '@gastronom/shared/domain-error';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from './harness.ts';
import { LiveClient, openStream, type RawStream } from './live-harness.ts';

const watchHouse = 'subscription { supplierOrders(first: 1) { nodes { id } } }';
const watchTea = 'subscription { productsBySku(skus: ["TEA"]) { name availableOnline } }';
const nothing = { data: { supplierOrders: { nodes: [] } } };
const perCaller = 3;
const perAddress = 5;

describe('who watches', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph('one process', {
      LIVE_LOOK_SECONDS: '0.2',
      LIVE_DEBOUNCE_MS: '0',
      LIVE_PER_CALLER: String(perCaller),
      LIVE_PER_ADDRESS: String(perAddress),
      LIVE_SLOW_READER_SECONDS: '0.5',
    });
    await sync({ sku: 'TEA', name: 'Чай', stockQuantity: 12 });
  });
  afterAll(() => graph.stop());

  const sync = (...items: object[]) =>
    graph.query(
      'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { results { outcome } userErrors { message } } }',
      { input: { source: 'one_c', items } },
      graph.tokens.service,
    );
  const asAdmin = (query: string, variables: object) => graph.query(query, { ...variables }, graph.tokens.admin);
  const setRole = async (userId: string, role: string) => {
    const mutation = 'mutation ($input: SetUserRoleInput!) { setUserRole(input: $input) { userErrors { message } } }';
    expect((await asAdmin(mutation, { input: { userId, role } })).data.setUserRole.userErrors).toEqual([]);
  };
  const open = (query = watchTea, token?: string): Promise<RawStream> =>
    openStream(graph.url, { query }, token === undefined ? {} : { authorization: `Bearer ${token}` });

  it('sees what nobody told of, when it is looked at again', async () => {
    const stream = await open();
    expect((await stream.next())?.data.data.productsBySku[0].availableOnline).toBe(7);

    await graph.database.query("UPDATE catalog.products SET name = 'Чай чёрный' WHERE sku = 'TEA'");

    expect((await stream.next())?.data.data.productsBySku[0].name).toBe('Чай чёрный');
    stream.close();
  });

  it('has to come again when their role is another, and is asked anew what they may', async () => {
    const { data } = await graph.query('{ me { id } }', {}, graph.tokens.customer);
    await setRole(data.me.id, 'STAFF');
    const client = new LiveClient(graph.url, { token: graph.tokens.customer, retryAttempts: 5 });
    const watching = client.watch(watchHouse);
    expect(await watching.next()).toEqual(nothing);

    await setRole(data.me.id, 'CUSTOMER');

    expect(await watching.next()).toEqual(nothing);
    expect(client.connections).toBe(2);
    client.close();
  });

  it('is told that its key was revoked, on each of its operations', async () => {
    const create =
      'mutation ($input: CreateServiceKeyInput!) { createServiceKey(input: $input) { secret key { id } } }';
    const { data } = await asAdmin(create, { input: { name: 'partner', scopes: ['sync:write'] } });
    const { secret, key } = data.createServiceKey;
    const client = new LiveClient(graph.url, { token: secret, singleConnection: true });
    const watching = [client.watch(watchTea), client.watch('subscription { productsBySku(skus: []) { sku } }')];
    for (const one of watching) expect((await one.next()).errors).toBeUndefined();

    await asAdmin('mutation ($id: ID!) { revokeServiceKey(id: $id) { userErrors { message } } }', { id: key.id });

    for (const one of watching) {
      expect((await one.next()).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
      await one.ended;
    }
    client.close();
  });

  it('gets no stream for a token that is none', async () => {
    const stream = await open(watchTea, 'gk_wrong');

    expect([stream.status, stream.headers.get('content-type')]).toEqual([401, expect.stringContaining('json')]);
    stream.close();
  });

  it('keeps what it has while a subgraph is away, and gets what became of it afterwards', async () => {
    const stream = await open();
    await stream.next();
    graph.broken.set('inventory', {
      execute: () =>
        Promise.reject(new DomainError('SUBGRAPH_UNAVAILABLE', 'The inventory subgraph cannot be reached.')),
      rest: () => Promise.reject(new Error('away')),
      checks: () => Promise.resolve({}),
      ready: () => Promise.resolve(),
      close: () => Promise.resolve(),
    });
    const late = await open();
    // Who has nothing yet is told what there is.
    expect((await late.next())?.data).toMatchObject({
      data: { productsBySku: [{ availableOnline: null }] },
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
    await graph.database.query("UPDATE catalog.products SET name = 'Чай' WHERE sku = 'TEA'");

    graph.broken.clear();

    expect((await stream.next())?.data).toEqual({ data: { productsBySku: [{ name: 'Чай', availableOnline: 7 }] } });
    stream.close();
    late.close();
  });

  it('may have so many at a time, as a person and from an address, and others when these are over', async () => {
    const mine = await Promise.all(Array.from({ length: perCaller }, () => open(watchTea, graph.tokens.staff)));
    const oneMore = await open(watchTea, graph.tokens.staff);
    const others = await Promise.all(Array.from({ length: perAddress - perCaller }, () => open()));
    const beyond = await open();

    expect(mine.map(({ status }) => status)).toEqual(mine.map(() => 200));
    expect([oneMore.status, others.at(-1)?.status, beyond.status]).toEqual([429, 200, 429]);
    expect(oneMore.headers.get('content-type')).toContain('json');
    for (const stream of [...mine, ...others, oneMore, beyond]) stream.close();
    for (let status = 0; status !== 200; ) {
      const again = await open(watchTea, graph.tokens.staff);
      ({ status } = again);
      again.close();
    }
  });

  it('is let go of when it does not read, however much there is to read', async () => {
    const skus = Array.from({ length: 100 }, (_, place) => `BIG-${place}`);
    const rename = (round: number) =>
      graph.database.query('UPDATE catalog.products SET name = $1 WHERE sku LIKE $2', [
        `${round}${'Б'.repeat(400)}`,
        'BIG-%',
      ]);
    await sync(...skus.map((sku) => ({ sku, name: sku })));
    const repeated = Array.from({ length: 15 }, (_, place) => `a${place}: name`).join(' ');
    const query = `subscription { productsBySku(skus: ${JSON.stringify(skus)}) { ${repeated} } }`;
    const silent = await Promise.all(Array.from({ length: perAddress }, () => askAndDoNotRead(graph.url, { query })));

    // More than a megabyte each time, until what lies between is full.
    for (let round = 0, status = 429; status !== 200; round += 1) {
      await rename(round);
      const next = await open();
      ({ status } = next);
      next.close();
    }

    for (const socket of silent) socket.destroy();
  });
});

/** Sends an operation and hears the first bytes of its answer, no more. */
async function askAndDoNotRead(url: string, operation: object): Promise<Socket> {
  const body = JSON.stringify(operation);
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  const head = [
    'POST /graphql HTTP/1.1',
    'host: localhost',
    'accept: text/event-stream',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  await once(socket, 'data');
  socket.pause();
  return socket;
}
