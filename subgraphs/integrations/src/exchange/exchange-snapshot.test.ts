import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { importXml } from '../testing/commerceml.ts';
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

describe('a full export', () => {
  it('holds a full export that would hide too much, says so, and hides what is really gone', async () => {
    const goods = Array.from({ length: 10 }, (_, i) => ({ id: `g${i}` }));
    await (await graph.oneC().begin()).bring({ 'import.xml': importXml(goods, false) });

    const held = await graph.oneC().begin();
    await held.send('import.xml', importXml(goods.slice(0, 3), false));
    const answer = await held.import('import.xml');
    const sizeWhileHeld = graph.catalog.goods.size;
    await (await graph.oneC().begin()).bring({ 'import.xml': importXml(goods.slice(0, 9), false) });

    expect(answer.lines[0]).toBe('success');
    expect(answer.text).toMatch(/waits for an admin \(sync run [0-9a-f-]{36}\)\. It would hide 7 of 10 goods \(70 %\)/);
    expect(sizeWhileHeld).toBe(10);
    expect(graph.catalog.goods.size).toBe(9);
  });

  it('hides nothing for changes, nor where the export does not say that it is full', async () => {
    const goods = Array.from({ length: 10 }, (_, i) => ({ id: `g${i}` }));
    await (await graph.oneC().begin()).bring({ 'import.xml': importXml(goods, false) });

    await (await graph.oneC().begin()).bring({ 'import.xml': importXml(goods.slice(0, 9), true) });
    await (await graph.oneC().begin()).bring({ 'import.xml': importXml(goods.slice(0, 9), null) });

    expect(graph.catalog.goods.size).toBe(10);
  });

  it('ends a full export of several files only with the last of them', async () => {
    const goods = Array.from({ length: 10 }, (_, i) => ({ id: `g${i}` }));
    const parts = {
      'import0_1.xml': importXml(goods.slice(0, 5), false),
      'import0_2.xml': importXml(goods.slice(5), false),
    };
    const oneC = await graph.oneC().begin();

    await oneC.bring(parts);

    const [exchange] = await graph.exchanges();
    expect(exchange.runs).toMatchObject([
      { mode: 'SNAPSHOT', status: 'FINISHED', counts: { received: 10, hidden: 0 } },
    ]);
    expect(graph.catalog.goods.size).toBe(10);
  });
});
