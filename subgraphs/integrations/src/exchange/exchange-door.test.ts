import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { importXml } from '../testing/commerceml.ts';
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
    const unknown = await oneC.say({ type: 'sale', mode: 'deactivate' });

    expect([login, init, confirmed].map(({ lines }) => lines[0])).toEqual(['success', 'zip=no', 'success']);
    expect(query.type).toBe('application/xml; charset=utf-8');
    expect(query.text).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<КоммерческаяИнформация ВерсияСхемы="2.05" [^<]*>\n<\/КоммерческаяИнформация>\n$/,
    );
    expect(unknown.lines[0]).toBe('failure');
  });
});
