import { hurryRetries } from '@gastronom/shared/testing/hurry-retries';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { importXml, offersXml } from '../testing/commerceml.ts';
import { createExchangeGraph, type ExchangeGraph } from '../testing/exchange-graph.ts';

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

    const { lines } = await hurryRetries(graph.subgraph.ownerQuery, oneC.import('import.xml'));

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
