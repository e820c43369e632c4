import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { importXml, offersXml } from '../testing/commerceml.ts';
import { createExchangeGraph, type ExchangeGraph } from '../testing/exchange-graph.ts';
import { basic, ExchangePlayer } from '../testing/exchange-player.ts';
import { clearExchanges } from './clear-exchanges.job.ts';

let graph: ExchangeGraph;
beforeAll(async () => {
  graph = await createExchangeGraph();
});
afterAll(() => graph.subgraph.close());
beforeEach(() => {
  graph.catalog.goods.clear();
  graph.catalog.seen.length = 0;
});

const goods = importXml([{ id: 'a', name: 'Творог' }]);

describe('the door of an exchange', () => {
  it.each([
    ['without a password', () => undefined],
    ['with a wrong password', () => basic('1c', 'wrong')],
    ['with a wrong user', () => basic('admin', graph.secret)],
    ['with what is no name and password', () => 'Basic %%%'],
    ['with a token', () => 'Bearer abc'],
  ])('stays closed %s', async (_, authorization) => {
    const oneC = new ExchangePlayer(graph.call, authorization());
    const before = await graph.exchanges();

    const login = await oneC.logIn();
    const file = await oneC.piece('import.xml', Buffer.from(goods));
    const asked = await oneC.import('import.xml');
    const orders = await oneC.say({ type: 'sale', mode: 'query' });

    for (const { status, lines, type } of [login, file, asked, orders]) {
      expect([status, lines[0], type]).toEqual([401, 'failure', 'text/plain; charset=utf-8']);
      expect(lines[1]).toBeTruthy();
    }
    expect(await graph.exchanges()).toEqual(before);
  });

  it('knows a made-up and an expired cookie as none', async () => {
    const oneC = graph.oneC();
    oneC.cookie = 'gastronom_exchange=0123456789abcdef';
    const madeUp = await oneC.piece('import.xml', Buffer.from(goods));
    await oneC.logIn();
    await graph.subgraph.ownerQuery(
      "UPDATE integrations.exchange_sessions SET expires_at = now() - interval '1 second'",
    );

    const expired = await oneC.piece('import.xml', Buffer.from(goods));

    expect([madeUp.status, madeUp.lines[0]]).toEqual([401, 'failure']);
    expect(expired.status).toBe(401);
    expect(expired.lines).toEqual(['failure', expect.stringContaining('has expired')]);
  });

  it('also opens to name and password alone, as some 1C drop cookies', async () => {
    const oneC = graph.oneC();
    await oneC.logIn();
    oneC.cookie = undefined;

    await oneC.send('import.xml', goods);
    const { lines } = await oneC.import('import.xml');

    expect(lines).toEqual(['success']);
    expect(graph.catalog.goods.size).toBe(1);
    expect((await graph.exchanges())[0].files).toHaveLength(1);
  });

  it('forgets what silent sessions brought, and breaks their unfinished snapshots off', async () => {
    const oneC = await graph.oneC().begin();
    const full = importXml([{ id: 'a' }], false);
    await oneC.send('import0_1.xml', full);
    await oneC.send('import0_2.xml', importXml([{ id: 'b' }], false));
    await oneC.import('import0_1.xml');
    await graph.subgraph.ownerQuery('UPDATE integrations.exchange_sessions SET expires_at = now()');

    await graph.subgraph.jobs.send(graph.subgraph.dataSource.manager, clearExchanges, {});

    const cleared = 'SELECT 1 FROM integrations.exchange_sessions WHERE cleared_at IS NULL';
    while ((await graph.subgraph.ownerQuery(cleared)).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await graph.subgraph.ownerQuery('SELECT 1 FROM integrations.exchange_chunks')).toEqual([]);
    expect((await graph.exchanges())[0]).toMatchObject({
      files: [{ state: 'IMPORTED' }, { state: 'RECEIVED' }],
      runs: [{ mode: 'SNAPSHOT', status: 'CANCELLED', counts: { hidden: 0 } }],
    });
  });

  it.each([
    [{ type: 'catalog', mode: 'dance' }, 'mode=dance is not known'],
    [{ type: 'crm', mode: 'checkauth' }, 'type=crm is not known'],
    [{ mode: 'checkauth' }, 'type= is not known'],
    [{ type: 'catalog', mode: 'constructor' }, 'mode=constructor is not known'],
    [{ type: 'catalog', mode: 'file' }, '`filename` is missing'],
    [{ type: 'catalog', mode: 'file', filename: 'import.xml' }, 'No bytes of import.xml came'],
    [{ type: 'catalog', mode: 'import', filename: 'import.xml' }, 'import.xml has not been received'],
  ])('says what is wrong with %j', async (parameters, why) => {
    const oneC = await graph.oneC().begin();

    const { status, lines } = await oneC.say(parameters as Record<string, string>);

    expect([status, lines[0], lines.length]).toEqual([200, 'failure', 2]);
    expect(lines[1]).toContain(why);
  });

  it.each([
    '../import.xml',
    'a/../../b',
    '/etc/passwd',
    'C:\\1c\\import.xml',
    '\\\\server\\share',
    '..\\x',
    'a\0b',
    'x\ny',
    '',
    'n'.repeat(256),
  ])('takes no file named %j', async (filename) => {
    const oneC = await graph.oneC().begin();

    const { lines } = await oneC.say({ type: 'catalog', mode: 'file', filename }, Buffer.from(goods));

    expect(lines).toEqual(['failure', expect.stringContaining('cannot be used')]);
    expect((await graph.exchanges())[0].files).toEqual([]);
  });

  it('gives orders as an empty document, which 1C confirms', async () => {
    const oneC = graph.oneC();
    const login = await oneC.logIn('sale');
    const init = await oneC.say({ type: 'sale', mode: 'init' });
    const query = await oneC.say({ type: 'sale', mode: 'query' });
    const confirmed = await oneC.say({ type: 'sale', mode: 'success' });
    const unknown = await oneC.say({ type: 'sale', mode: 'file', filename: 'orders.xml' }, Buffer.from('<a/>'));

    expect([login, init, confirmed].map(({ lines }) => lines[0])).toEqual(['success', 'zip=yes', 'success']);
    expect(query.type).toBe('application/xml; charset=utf-8');
    expect(query.text).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<КоммерческаяИнформация ВерсияСхемы="2.05" [^<]*>\n<\/КоммерческаяИнформация>\n$/,
    );
    expect(unknown.lines[0]).toBe('failure');
  });
});

describe('a file of an exchange', () => {
  it('is whole though pieces come twice, after answers that were lost', async () => {
    const oneC = await graph.oneC().begin();
    const bytes = Buffer.from(goods);
    for (let from = 0; from < bytes.length; from += 64) {
      await oneC.piece('import.xml', bytes.subarray(from, from + 64));
      await oneC.piece('import.xml', bytes.subarray(from, from + 64));
    }

    const { lines } = await oneC.import('import.xml');

    expect(lines).toEqual(['success']);
    expect((await graph.exchanges())[0].files).toMatchObject([{ name: 'import.xml', bytes: bytes.length }]);
  });

  it('begins anew when it is sent from its beginning again, and when it was imported', async () => {
    const oneC = await graph.oneC().begin();
    const bytes = Buffer.from(goods);
    await oneC.piece('import.xml', bytes.subarray(0, 100));
    await oneC.piece('import.xml', bytes.subarray(100, 200));

    const words = await oneC.bring({ 'import.xml': goods }, 100);
    const changed = await oneC.bring({ 'import.xml': importXml([{ id: 'a', name: 'Творог 9 %' }]) }, 100);

    expect([...words, ...changed]).toEqual(['success', 'success']);
    expect(graph.catalog.goods.get('a')?.text).toContain('Творог 9 %');
  });

  it('is dropped by a new init, unless it was imported', async () => {
    const oneC = await graph.oneC().begin();
    await oneC.bring({ 'import.xml': goods });
    await oneC.send('offers.xml', offersXml([{ id: 'a', price: '1' }]).slice(0, 300));

    await oneC.say({ type: 'catalog', mode: 'init' });

    expect((await graph.exchanges())[0].files).toMatchObject([{ name: 'import.xml', state: 'IMPORTED' }]);
    expect((await oneC.import('offers.xml')).lines[1]).toContain('has not been received');
  });

  const laughs = `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(50)}"><!ENTITY c "${'&b;'.repeat(50)}">]>`;
  it.each([
    ['is cut off', goods.slice(0, -40), /^import\.xml, line \d+: this is not well-formed XML/],
    ['declares entities', goods.replace('?>', `?>${laughs}`).replace('Творог', '&c;'), 'a DOCTYPE is not accepted'],
    [
      'reads a file',
      goods.replace('?>', '?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      'a DOCTYPE is not',
    ],
    ['uses what it does not declare', goods.replace('Творог', '&secret;'), 'line 4: this is not well-formed XML'],
    ['is nested without end', goods.replace('<Товары>', '<a>'.repeat(500)), 'nested deeper than 64'],
    ['is no CommerceML', '<?xml version="1.0"?><rss/>', 'is XML but not CommerceML: its first element is <rss>'],
    ['is a web page', '<!DOCTYPE html><html>Login</html>', 'is an HTML page'],
    ['is no text', Buffer.from([1, 0, 2, 0, 255]), 'is a binary file'],
    ['declares an unknown encoding', importXml([], true, 'x-klingon'), 'declares the encoding "x-klingon"'],
  ])('is refused as a whole when it %s', async (_, content, why) => {
    const oneC = await graph.oneC().begin();
    await oneC.send('import.xml', content, 1_000);

    const first = await oneC.import('import.xml');
    const again = await oneC.import('import.xml');

    expect([first.status, first.lines[0]]).toEqual([200, 'failure']);
    expect(first.lines[1]).toMatch(typeof why === 'string' ? new RegExp(why.replace(/[.?<>]/g, '\\$&')) : why);
    expect(again).toEqual(first);
    expect(graph.catalog.goods.size).toBe(0);
    const [exchange] = await graph.exchanges();
    expect(exchange).toMatchObject({ failure: first.lines[1], files: [{ state: 'FAILED' }], runs: [] });
  });

  it('that is broken does no harm to others of its session', async () => {
    const oneC = await graph.oneC().begin();
    await oneC.send('broken.xml', goods.slice(0, -40));

    const words = await oneC.bring({ 'import.xml': goods, 'offers.xml': offersXml([{ id: 'a', price: '10' }]) });

    expect(words).toEqual(['success', 'success']);
    expect(graph.catalog.goods.get('a')?.text).toContain('"price":"10.00"');
  });
});

describe('the import of a file', () => {
  it('tells how far it is until it is done', async () => {
    const many = importXml(Array.from({ length: 2_500 }, (_, i) => ({ id: `m${i}` })));
    const oneC = await graph.oneC().begin();
    await oneC.send('import.xml', many, 200_000);
    let go: () => void = () => undefined;
    graph.catalog.pause = new Promise((resolve) => {
      go = resolve;
    });

    const meanwhile = await oneC.say({ type: 'catalog', mode: 'import', filename: 'import.xml' });
    go();
    graph.catalog.pause = undefined;
    const done = await oneC.import('import.xml');

    expect(meanwhile.lines).toEqual(['progress', expect.stringContaining('rows imported')]);
    expect(done.lines).toEqual(['success']);
    expect(graph.catalog.goods.size).toBe(2_500);
    const jobs = await graph.subgraph.ownerQuery(
      "SELECT 1 FROM jobs.job WHERE name = 'import-exchange-file' AND state = 'active'",
    );
    expect(jobs).toEqual([]);
  });

  it('goes on after the catalogue was away, and applies each batch once', async () => {
    const many = importXml(Array.from({ length: 2_500 }, (_, i) => ({ id: `m${i}` })));
    const oneC = await graph.oneC().begin();
    await oneC.send('import.xml', many, 200_000);
    graph.catalog.faultAfter = { operation: 'applyProducts', calls: 2 };

    const { lines } = await oneC.import('import.xml');

    expect(lines).toEqual(['success']);
    expect(graph.catalog.seen.map(({ skus }) => skus.length)).toEqual([1_000, 1_000, 500]);
    const [{ runs }] = await graph.exchanges();
    expect(runs).toMatchObject([{ status: 'FINISHED', counts: { received: 2_500, created: 2_500 } }]);
  });

  it('begins again from the first byte when its worker dies, and sends nothing twice', async () => {
    const oneC = await graph.oneC().begin();
    await oneC.bring({ 'import.xml': goods });
    // As a worker leaves a file that is killed after its last batch, long ago.
    await graph.subgraph.ownerQuery(
      "UPDATE integrations.exchange_files SET state = 'IMPORTING', touched_at = now() - interval '1 hour' WHERE state = 'IMPORTED'",
    );
    await graph.subgraph.ownerQuery("UPDATE integrations.sync_runs SET status = 'RUNNING' WHERE status = 'FINISHED'");

    const { lines } = await oneC.import('import.xml');

    expect(lines).toEqual(['success']);
    expect(graph.catalog.seen.map(({ skus }) => skus)).toEqual([['a']]);
    const [{ runs }] = await graph.exchanges();
    expect(runs).toMatchObject([{ status: 'FINISHED', counts: { received: 1, created: 1 } }]);
  });
});
