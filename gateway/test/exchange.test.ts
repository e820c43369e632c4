import { importXml, offersXml } from '@gastronom/integrations/testing/commerceml';
import { basic, type Call, ExchangePlayer } from '@gastronom/integrations/testing/exchange-player';
import { createTestDatabase, type TestDatabase } from '@gastronom/shared/testing/test-database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';
import { freePort, startProcess } from './product-process.ts';

const password = 'what-the-shop-and-1c-both-know';

/** Speaks to the exchange at an address, which a test may change between two calls. */
const callTo =
  (origin: () => string): Call =>
  async ({ method, query, headers, body }) => {
    const response = await fetch(`${origin()}/api/v1/integrations/one_c/exchange${query}`, {
      method,
      headers: { ...headers },
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text: await response.text(),
    };
  };

const goods = importXml(
  [
    { id: 'ml-1', name: 'Творог', extra: '<Штрихкод>4600000000001</Штрихкод>' },
    { id: 'ml-2', name: 'Сырок' },
  ],
  false,
);
const offers = offersXml(
  [
    { id: 'ml-1#a', name: 'Творог (9 %)', price: '200', stock: { w1: '30', w2: '4,5' } },
    { id: 'ml-1#b', name: 'Творог (5 %)', price: '180', stock: { w2: '9' } },
    { id: 'ml-2', price: '45,50', stock: { w1: '12' } },
  ],
  false,
);

describe.each(modes)('1C’s own exchange on the public port, %s', (mode) => {
  let graph: TestGraph;
  beforeAll(async () => {
    process.env.ONE_C_WEBHOOK_SECRETS = password;
    graph = await startTestGraph(mode);
  });
  afterAll(() => graph.stop());

  const oneC = (name = '1c') =>
    new ExchangePlayer(
      callTo(() => graph.url.replace('/graphql', '')),
      basic(name, password),
    );

  it('brings goods, prices and stock that a storefront then shows, and moves nothing the second time', async () => {
    const first = await (await oneC().begin()).bring({ 'import.xml': goods, 'offers.xml': offers }, 64);
    const again = await (await oneC().begin()).bring({ 'import.xml': goods, 'offers.xml': offers });

    expect([...first, ...again]).toEqual(['success', 'success', 'success', 'success']);
    const query = `{ products(sort: NAME_ASC) { nodes {
      sku name barcode price { amount currencyCode } availableOnline category { name } } } }`;
    const { data } = await graph.query(query);
    expect(data.products.nodes).toEqual([
      {
        sku: 'ml-2',
        name: 'Сырок',
        barcode: null,
        price: { amount: '45.50', currencyCode: 'RUB' },
        availableOnline: 7,
        category: { name: 'Молочное' },
      },
      expect.objectContaining({ sku: 'ml-1#b', availableOnline: 4, price: { amount: '180.00', currencyCode: 'RUB' } }),
      expect.objectContaining({ sku: 'ml-1#a', availableOnline: 29.5 }),
    ]);
    const runs = '{ oneCExchanges(first: 1) { nodes { runs { mode status counts { received unchanged } } } } }';
    const exchanges = await graph.query(runs, {}, graph.tokens.admin);
    expect(exchanges.data.oneCExchanges.nodes[0].runs).toEqual([
      { mode: 'SNAPSHOT', status: 'FINISHED', counts: { received: 3, unchanged: 3 } },
      { mode: 'DELTA', status: 'FINISHED', counts: { received: 3, unchanged: 3 } },
      { mode: 'SNAPSHOT', status: 'FINISHED', counts: { received: 6, unchanged: 6 } },
    ]);
  });

  it('tells 1C in its own words what is wrong', async () => {
    const stranger = await oneC('somebody').logIn();
    const known = await oneC().begin();
    await known.send('import.xml', goods.slice(0, -30));
    const cut = await known.import('import.xml');

    expect([stranger.status, stranger.lines]).toEqual([401, ['failure', 'The user or the password is wrong.']]);
    expect([cut.status, cut.type, cut.lines[0]]).toEqual([200, 'text/plain; charset=utf-8', 'failure']);
    expect(cut.lines[1]).toMatch(/^import\.xml, line \d+: this is not well-formed XML/);
  });
});

describe('an exchange whose server is killed in the midst of it', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const start = async () => {
    const port = await freePort();
    const server = startProcess('gateway/src/main.ts', {
      PORT: String(port),
      DATABASE_URL: database.ownerUrl,
      INTERNAL_SECRET: database.secret,
      ONE_C_WEBHOOK_SECRETS: password,
      DEMO_DATA: 'false',
    });
    await server.said('Ctrl-C stops everything');
    return { server, origin: `http://127.0.0.1:${port}` };
  };

  it('goes on at another server, and brings each of its goods once', async () => {
    const many = importXml(Array.from({ length: 20_000 }, (_, i) => ({ id: `many-${i}` })));
    const first = await start();
    let { origin } = first;
    const oneC = await new ExchangePlayer(
      callTo(() => origin),
      basic('1c', password),
    ).begin();
    await oneC.send('import.xml', many, 1_000_000);

    const meanwhile = await oneC.say({ type: 'catalog', mode: 'import', filename: 'import.xml' });
    await first.server.ended('SIGKILL');
    const second = await start();
    ({ origin } = second);
    const { lines } = await oneC.import('import.xml');
    await second.server.ended('SIGTERM');

    expect(meanwhile.lines[0]).toBe('progress');
    expect(lines).toEqual(['success']);
    const [counts] = await database.query(
      `SELECT sum(received)::int AS received, sum(created)::int AS created, (SELECT count(*)::int FROM catalog.products) AS goods
       FROM integrations.sync_batches WHERE kind = 'PRODUCTS'`,
    );
    expect(counts).toMatchObject({ received: 20_000, goods: 20_000 });
  });
});
