import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
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
  graph.inventory.stock.clear();
});

const namesOf = (catalog: ExchangeGraph['catalog']) =>
  Object.fromEntries([...catalog.goods].map(([sku, { text }]) => [sku, JSON.parse(text).name]));

describe('an exchange', () => {
  it('brings goods and then their offers, in small pieces', async () => {
    const oneC = graph.oneC();

    const login = await oneC.logIn();
    const init = await oneC.say({ type: 'catalog', mode: 'init' });
    const words = await oneC.bring(
      {
        'import.xml': importXml([
          { id: 'a', name: 'Творог' },
          { id: 'b', name: 'Сырок' },
        ]),
        'offers.xml': offersXml([
          { id: 'a', price: '199.90', stock: { w1: '3', w2: '4,5' } },
          { id: 'b', price: '50', stock: { w2: '7' } },
        ]),
      },
      37,
    );

    expect(login.status).toBe(200);
    expect(login.type).toBe('text/plain; charset=utf-8');
    expect(login.lines).toEqual([
      'success',
      'gastronom_exchange',
      expect.stringMatching(/^[0-9a-f]{48}$/),
      expect.stringMatching(/^sessid=[0-9a-f]{32}$/),
      expect.stringMatching(/^timestamp=\d{10}$/),
    ]);
    expect(init.lines.slice(0, 2)).toEqual(['zip=yes', 'file_limit=10485760']);
    expect(words).toEqual(['success', 'success']);
    expect(namesOf(graph.catalog)).toEqual({ a: 'Творог', b: 'Сырок' });
    expect(JSON.parse(graph.catalog.goods.get('a')?.text ?? '')).toMatchObject({
      price: '199.90',
      currency: 'RUB',
      categoryPath: ['Молочное'],
    });
    const w1 = graph.inventory.warehouses.find(({ externalId }) => externalId === 'w1')?.id;
    const w2 = graph.inventory.warehouses.find(({ externalId }) => externalId === 'w2')?.id;
    expect(Object.fromEntries(graph.inventory.stock)).toEqual({
      [`${w1}:a`]: '3.000',
      [`${w2}:a`]: '4.500',
      [`${w1}:b`]: '0.000',
      [`${w2}:b`]: '7.000',
    });
  });

  it('is seen by admins with its files and runs, and by nobody else', async () => {
    const oneC = await graph.oneC().begin();
    await oneC.bring({
      'import.xml': importXml([{ id: 'a' }, { id: '', name: 'Без кода' }]),
      'offers.xml': offersXml([{ id: 'a', price: 'много', stock: '3' }]),
    });

    const [exchange] = await graph.exchanges();

    expect(exchange).toMatchObject({
      failure: null,
      files: [
        { name: 'import.xml', state: 'IMPORTED', rowsDone: 3, note: expect.stringContaining('1 rows were rejected') },
        { name: 'offers.xml', state: 'IMPORTED' },
      ],
      runs: [
        { source: 'one_c', mode: 'DELTA', status: 'FINISHED', counts: { received: 2, created: 1, rejected: 1 } },
        { mode: 'DELTA', counts: { received: 1, rejected: 1 } },
        { mode: 'DELTA', counts: { received: 1, created: 1 } },
      ],
    });
    expect(exchange.runs[0].rejectedRows.nodes).toEqual([
      {
        row: expect.objectContaining({ row: 'Без кода' }),
        errors: [{ code: 'UNREADABLE', field: 'sku', message: 'the good has no Ид' }],
      },
    ]);
    expect(exchange.runs[1].rejectedRows.nodes[0].errors[0].code).toBe('INVALID_NUMBER');
    for (const viewer of [viewers.anonymous, viewers.customer, viewers.staff, viewers.service]) {
      const { errors } = await graph.subgraph.execute('{ oneCExchanges { totalCount } }', {}, viewer);
      expect(errors?.[0]?.extensions?.code).toBe(viewer.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
    }
  });

  it('is listed page by page, in as many statements for many as for one', async () => {
    for (let i = 0; i < 3; i += 1) {
      const oneC = await graph.oneC().begin();
      await oneC.bring({ 'import.xml': importXml([{ id: `l${i}` }]) });
    }
    const query = `query ($first: Int, $after: String) { oneCExchanges(first: $first, after: $after) {
      nodes { id files { name } failure runs { id counts { received } } } pageInfo { hasNextPage endCursor } } }`;
    const page = async (first: number, after?: string) => {
      graph.subgraph.statements();
      const { data } = await graph.subgraph.execute(query, { first, after }, viewers.admin);
      return { ...data.oneCExchanges, statements: graph.subgraph.statements().length };
    };

    const one = await page(1);
    const two = await page(2, one.pageInfo.endCursor);
    const three = await page(3);

    expect([...one.nodes, ...two.nodes]).toEqual(three.nodes);
    expect(three.nodes.map(({ runs }: { runs: unknown[] }) => runs.length)).toEqual([1, 1, 1]);
    expect([one.statements, three.statements]).toEqual([6, 6]);
  });

  it('moves nothing when it comes again', async () => {
    const files = {
      'import.xml': importXml([{ id: 'a' }, { id: 'p', name: 'Пряник' }], false),
      'offers.xml': offersXml(
        [
          { id: 'a', price: '10', stock: { w1: '3' } },
          { id: 'p#1', name: 'Пряник (мёд)', price: '20', stock: { w1: '1' } },
          { id: 'p#2', name: 'Пряник (джем)', price: '21', stock: { w1: '2' } },
        ],
        false,
      ),
    };
    await (await graph.oneC().begin()).bring(files);
    const before = [...graph.catalog.goods];

    const words = await (await graph.oneC().begin()).bring(files);

    expect(words).toEqual(['success', 'success']);
    expect([...graph.catalog.goods.keys()].sort()).toEqual(['a', 'p#1', 'p#2']);
    expect(graph.catalog.goods.size).toBe(before.length);
    const [exchange] = await graph.exchanges();
    expect(exchange.runs.map(({ mode, status }: { mode: string; status: string }) => [mode, status])).toEqual([
      ['SNAPSHOT', 'FINISHED'],
      ['DELTA', 'FINISHED'],
      ['SNAPSHOT', 'FINISHED'],
    ]);
    expect(exchange.runs[2].counts).toMatchObject({ updated: 0, created: 0, zeroed: 0 });
  });

  it('is read in windows-1251, and with a byte order mark', async () => {
    const oneC = await graph.oneC().begin();

    const words = await oneC.bring({
      'import.xml': iconv.encode(importXml([{ id: 'a', name: 'Ёлочка' }], true, 'windows-1251'), 'windows-1251'),
      'more.xml': `\uFEFF${importXml([{ id: 'b', name: 'Сгущёнка' }])}`,
    });

    expect(words).toEqual(['success', 'success']);
    expect(namesOf(graph.catalog)).toEqual({ a: 'Ёлочка', b: 'Сгущёнка' });
  });

  it('takes offers of goods that came earlier: prices by themselves, and counts by themselves', async () => {
    await (await graph.oneC().begin()).bring({ 'import.xml': importXml([{ id: 'a', name: 'Квас' }]) });

    const words = await (await graph.oneC().begin()).bring({
      'prices0_1.xml': offersXml([
        { id: 'a', price: '90' },
        { id: 'z', price: '1' },
      ]),
      'rests0_1.xml': offersXml([{ id: 'a', stock: '4' }]),
    });

    expect(words).toEqual(['success', 'success']);
    expect(JSON.parse(graph.catalog.goods.get('a')?.text ?? '')).toMatchObject({ name: 'Квас', price: '90.00' });
    expect(Object.fromEntries(graph.inventory.stock)).toEqual({ '1:a': '4.000' });
    const [exchange] = await graph.exchanges();
    expect(exchange.runs[0].rejectedRows.nodes[0]).toMatchObject({ errors: [{ code: 'UNREADABLE', field: 'name' }] });
  });

  it('goes on with each file by itself, as 1C may send one and ask for it before it sends the next', async () => {
    const oneC = await graph.oneC().begin();
    const goods = importXml([{ id: 'q', name: 'Пряник' }, { id: 'b' }], false);
    const offers = offersXml([{ id: 'q#1', name: 'Пряник (мёд)', price: '20', stock: '1' }], false);

    await oneC.bring({ 'import.xml': goods });
    await oneC.bring({ 'offers.xml': offers });
    const removed = JSON.parse(graph.catalog.goods.get('q')?.text ?? '{}').removed;
    const again = await graph.oneC().begin();
    await again.bring({ 'import.xml': goods });
    const [exchange] = await graph.exchanges();
    await again.bring({ 'offers.xml': offers });

    // Sold by its characteristic alone, as `manage sync` has it, which reads both files at once.
    expect(removed).toBe(true);
    expect([...graph.catalog.goods.keys()].sort()).toEqual(['b', 'q', 'q#1']);
    expect(JSON.parse(graph.catalog.goods.get('q')?.text ?? '{}').removed).toBe(true);
    // The characteristic is named though no offers have come yet: it is not taken for gone.
    expect(exchange.runs[0]).toMatchObject({ mode: 'SNAPSHOT', counts: { received: 2 } });
  });

  it('keeps two sessions apart', async () => {
    const [one, two] = [await graph.oneC().begin(), await graph.oneC().begin()];
    await Promise.all([
      one.send('import.xml', importXml([{ id: 'a', name: 'Первый' }]), 50),
      two.send('import.xml', importXml([{ id: 'b', name: 'Второй' }]), 60),
    ]);

    const answers = await Promise.all([one.import('import.xml'), two.import('import.xml')]);

    expect(answers.map(({ lines }) => lines[0])).toEqual(['success', 'success']);
    expect(namesOf(graph.catalog)).toEqual({ a: 'Первый', b: 'Второй' });
  });
});
