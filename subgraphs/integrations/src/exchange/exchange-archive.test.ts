import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { importXml, offersXml } from '../testing/commerceml.ts';
import { createExchangeGraph, type ExchangeGraph } from '../testing/exchange-graph.ts';
import { photograph } from '../testing/pictures.ts';

let graph: ExchangeGraph;
beforeAll(async () => {
  graph = await createExchangeGraph();
});
afterAll(() => graph.subgraph.close());
beforeEach(() => {
  graph.catalog.goods.clear();
  graph.catalog.seen.length = 0;
});

const goods = strToU8(importXml([{ id: 'a', name: 'Творог' }]));
const offers = strToU8(offersXml([{ id: 'a', price: '10' }]));

/** The archive with other bytes in the place of some. */
function patched(archive: Uint8Array, from: string, to: string): Buffer {
  return Buffer.from(Buffer.from(archive).toString('latin1').replaceAll(from, to), 'latin1');
}

describe('an archive', () => {
  it.each([
    ['at its root', 'import.xml', 'offers.xml'],
    ['in a folder', 'webdata/import.xml', 'webdata/offers.xml'],
  ])('is unpacked, and its files are imported by their names, %s', async (_, first, second) => {
    const oneC = await graph.oneC().begin();
    await oneC.send('v8_1C.zip', zipSync({ [first]: goods, [second]: offers }), 200);

    const words = [(await oneC.import('import.xml')).lines[0], (await oneC.import('offers.xml')).lines[0]];

    expect(words).toEqual(['success', 'success']);
    expect(graph.catalog.goods.get('a')?.text).toContain('"price":"10.00"');
    expect((await graph.exchanges())[0].files).toMatchObject([
      { name: 'v8_1C.zip', state: 'IMPORTED', note: '2 files were unpacked.' },
      { name: first, state: 'IMPORTED' },
      { name: second, state: 'IMPORTED' },
    ]);
  });

  it('that is asked for by its own name stands for all that is in it, goods first', async () => {
    const oneC = await graph.oneC().begin();
    await oneC.send('export.zip', zipSync({ 'offers.xml': offers, 'import.xml': goods }), 200);

    const { lines } = await oneC.import('export.zip');

    expect(lines[0]).toBe('success');
    expect(graph.catalog.goods.get('a')?.text).toContain('"price":"10.00"');
  });

  const one = zipSync({ 'import.xml': [goods, { level: 0 }] });
  it.each([
    ['leads out of its folder', zipSync({ '../import.xml': goods }), 'relative path'],
    ['has an absolute name', zipSync({ '/etc/import.xml': goods }), 'absolute path'],
    ['is a bomb', zipSync({ 'import.xml': new Uint8Array(20 * 1024 * 1024) }), 'more than any export does'],
    ['is cut off', one.subarray(0, one.length - 30), 'is no ZIP archive that can be read'],
    ['is no archive', strToU8(importXml([]).repeat(3)), 'is no ZIP archive that can be read'],
    ['was damaged on its way', patched(one, 'PK\x01\x02', 'PK\x07\x07'), 'is no ZIP archive that can be read'],
  ])('is refused when it %s', async (_, archive, why) => {
    const oneC = await graph.oneC().begin();
    await oneC.send('export.zip', archive, 1_000_000);

    const { status, lines } = await oneC.import('import.xml');

    expect([status, lines[0]]).toEqual([200, 'failure']);
    expect(lines[1]).toContain(why);
    expect(graph.catalog.goods.size).toBe(0);
    expect((await graph.exchanges())[0].files).toMatchObject([{ name: 'export.zip', state: 'FAILED' }]);
  });

  it('and all other files are held to a limit together', async () => {
    const oneC = await graph.oneC().begin();
    await graph.subgraph.ownerQuery('UPDATE integrations.exchange_sessions SET bytes = 1000 * 1024 * 1024 - 300');
    const small = zipSync({ 'import.xml': new Uint8Array(500).fill(65) });

    const tooMuch = await oneC.piece('import.xml', Buffer.alloc(400, 1));
    await oneC.send('export.zip', small);
    const { lines } = await oneC.import('import.xml');

    expect(tooMuch.lines).toEqual(['failure', expect.stringContaining('larger than 1000 MB together')]);
    expect(lines).toEqual(['failure', expect.stringContaining('unpacks to more than the 1000 MB')]);
  });
});

describe('a picture', () => {
  it('is kept, and goods name it by its hash, also when it is not sent again', async () => {
    const picture = await photograph(20, 20);
    const named = '<Картинка>import_files/ab/A.jpg</Картинка><Картинка>import_files/no.jpg</Картинка>';
    const xml = (name: string) => importXml([{ id: 'a', name, extra: named }]);
    const oneC = await graph.oneC().begin();
    await oneC.send('import_files/ab/a.jpg', picture, 700);
    await oneC.send('import_files/bad.jpg', Buffer.from('this is no picture'), 700);

    const first = await oneC.bring({ 'import.xml': xml('Творог') });
    const text = graph.catalog.goods.get('a')?.text ?? '';
    await (await graph.oneC().begin()).bring({ 'import.xml': xml('Творог 9 %') });

    expect(first).toEqual(['success']);
    expect(JSON.parse(text).imageUrls).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
    const later = JSON.parse(graph.catalog.goods.get('a')?.text ?? '');
    expect(later).toMatchObject({ name: 'Творог 9 %', imageUrls: JSON.parse(text).imageUrls });
    const [, { files }] = await graph.exchanges();
    expect(files).toMatchObject([
      { name: 'import_files/ab/a.jpg', state: 'IMPORTED' },
      { name: 'import_files/bad.jpg', state: 'FAILED', failure: expect.any(String) },
      { name: 'import.xml', state: 'IMPORTED', note: expect.stringContaining('were left out') },
    ]);
  });
});
