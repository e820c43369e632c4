import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSyncGraph, type SyncGraph } from '../testing/sync-graph.ts';

let graph: SyncGraph;
let source: string;
let sources = 0;

beforeAll(async () => {
  graph = await createSyncGraph();
});
afterAll(() => graph.subgraph.close());
beforeEach(() => {
  sources += 1;
  source = `feed-${sources}`;
  graph.catalog.fault = undefined;
  graph.inventory.fault = undefined;
  graph.catalog.calls.length = 0;
  graph.inventory.calls.length = 0;
});

const tea = (change: object = {}) => ({ sku: `tea-${source}`, name: 'Чай', price: '100,00', ...change });
const outcomes = (answer: { results: { outcome: string }[] }) => answer.results.map(({ outcome }) => outcome);

describe('the same call again', () => {
  it('with its key gets the first answer, and writes nothing', async () => {
    const input = { source, idempotencyKey: 'k1', items: [tea(), { name: 'x' }] };
    const first = await graph.do('syncProducts', { input });
    const before = await graph.records();
    graph.catalog.calls.length = 0;

    const second = await graph.do('syncProducts', { input });

    expect(second).toEqual({ ...first, replayed: true });
    expect(await graph.records()).toEqual(before);
    expect(graph.catalog.calls).toEqual([]);
  });

  it('with its key but other content is refused, and nothing moves', async () => {
    await graph.do('syncProducts', { input: { source, idempotencyKey: 'k', items: [tea()] } });
    const before = await graph.records();

    const { errors } = await graph.ask('syncProducts', {
      input: { source, idempotencyKey: 'k', items: [tea({ price: 2 })] },
    });

    expect(errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await graph.records()).toEqual(before);
  });

  it.each([
    ['with a key', 'k'],
    ['without one', undefined],
  ])('twice at once, %s, is applied once', async (_name, idempotencyKey) => {
    const input = { source, idempotencyKey, items: [tea()] };

    const answers = await Promise.all(Array.from({ length: 20 }, () => graph.do('syncProducts', { input })));

    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ run, results }) => JSON.stringify([run, results]))).size).toBe(1);
    expect(graph.catalog.take('applyProducts')).toHaveLength(1);
  });

  it('without a key is a repetition until something newer touched the goods', async () => {
    const a = { source, items: [tea({ price: 1 })] };
    const b = { source, items: [tea({ price: 2 })] };
    const elsewhere = { source, items: [{ sku: 'other', name: 'x' }] };

    const seen = [];
    for (const input of [a, elsewhere, a, b, a, a]) {
      const { replayed, results } = await graph.do('syncProducts', { input });
      seen.push(`${results[0].outcome}${replayed ? ' again' : ''}`);
    }

    expect(seen).toEqual(['CREATED', 'CREATED', 'CREATED again', 'UPDATED', 'UPDATED', 'UPDATED again']);
  });

  it('is touched by stock as well as by goods', async () => {
    const goods = { source, items: [tea({ stockQuantity: 5 })] };
    await graph.do('syncProducts', { input: goods });
    await graph.do('syncStocks', {
      input: { source, warehouse: '001', items: [{ sku: `tea-${source}`, quantity: 3 }] },
    });

    const again = await graph.do('syncProducts', { input: goods });

    expect(again).toMatchObject({ replayed: false, results: [{ outcome: 'UPDATED' }] });
    expect(graph.inventory.stock.get(`1:tea-${source}`)).toBe('5.000');
  });

  it('is news after some minutes when it says no time, and none when it does', async () => {
    const timeless = { source, items: [tea()] };
    const timed = { source, observedAt: '2026-01-14T09:30:00Z', items: [{ sku: `t-${source}`, name: 'x' }] };
    await graph.do('syncProducts', { input: timeless });
    await graph.do('syncProducts', { input: timed });
    await graph.subgraph.ownerQuery(`UPDATE integrations.sync_batches SET received_at = now() - interval '6 minutes'`);

    expect(await graph.do('syncProducts', { input: timed })).toMatchObject({ replayed: true });
    expect(await graph.do('syncProducts', { input: timeless })).toMatchObject({
      replayed: false,
      results: [{ outcome: 'UNCHANGED' }],
    });
  });

  it('of another source, kind or run is another call', async () => {
    const items = [tea()];
    const input = { source, idempotencyKey: 'k', items };
    await graph.do('syncProducts', { input });

    const other = await graph.do('syncProducts', { input: { ...input, source: `${source}-b` } });
    const stock = await graph.do('syncStocks', {
      input: { source, idempotencyKey: 'k', warehouse: '', items: [{ sku: 'q', quantity: 1 }] },
    });

    expect([other.replayed, stock.replayed]).toEqual([false, false]);
  });
});

describe('many calls at once', () => {
  it('are all applied, and reads are answered meanwhile, with ten connections', async () => {
    let goOn = () => {};
    graph.catalog.pause = new Promise((resolve) => {
      goOn = resolve;
    });
    const calls = Array.from({ length: 60 }, (_, n) =>
      graph.do('syncProducts', { input: { source, items: [{ sku: `${source}-${n}`, name: 'x' }] } }),
    );
    while (graph.catalog.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    const read = await graph.do('syncRuns', { first: 1 });
    const waiting = graph.catalog.calls.length;
    graph.catalog.pause = undefined;
    goOn();
    const answers = await Promise.all(calls);

    expect(read.nodes.length).toBeLessThanOrEqual(1);
    expect(waiting).toBeLessThanOrEqual(5);
    expect(answers.flatMap(outcomes)).toEqual(Array.from({ length: 60 }, () => 'CREATED'));
  });
});
