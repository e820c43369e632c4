import { randomUUID } from 'node:crypto';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSyncGraph, type SyncGraph, type SyncOperation } from '../testing/sync-graph.ts';

let graph: SyncGraph;

beforeAll(async () => {
  graph = await createSyncGraph();
});
afterAll(() => graph.subgraph.close());
beforeEach(() => {
  graph.catalog.fault = undefined;
  graph.inventory.fault = undefined;
  graph.catalog.calls.length = 0;
  graph.inventory.calls.length = 0;
  graph.catalog.goods.clear();
  graph.inventory.stock.clear();
});

const source = '1c';
const goods = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ sku: `g${from + i}`, name: `Товар ${from + i}` }));
const start = async (mode: 'DELTA' | 'SNAPSHOT', change: object = {}): Promise<string> =>
  (await graph.do('startSync', { source, mode, ...change })).id;
const send = (runId: string | null, items: object[]) =>
  graph.do('syncProducts', { input: { source, runId, items, idempotencyKey: runId ? null : randomUUID() } });
const codeOf = async (operation: SyncOperation, variables: object) =>
  (await graph.ask(operation, variables)).errors?.[0]?.extensions?.code;
const nowhere = '00000000-0000-4000-8000-000000000000';

describe('a run', () => {
  it('sums what its batches came to; one that is sent twice counts once', async () => {
    const runId = await start('DELTA', { warehouse: '1' });

    await send(runId, goods(0, 3));
    await send(runId, goods(0, 3));
    await send(runId, [...goods(2, 4), { sku: 'x', name: '' }]);
    const finished = await graph.do('finishSync', { runId });

    expect(finished).toMatchObject({ source, mode: 'DELTA', status: 'FINISHED', warehouse: '001', heldBecause: null });
    expect(finished.counts).toEqual({
      received: 6,
      created: 4,
      updated: 0,
      unchanged: 1,
      stale: 0,
      parked: 0,
      rejected: 1,
      hidden: 0,
      zeroed: 0,
    });
    expect(Date.parse(finished.finishedAt)).toBeGreaterThanOrEqual(Date.parse(finished.startedAt));
    expect(graph.catalog.goods.size).toBe(4);
  });

  it('takes batches of its own source only, and only while it runs', async () => {
    const runId = await start('DELTA');
    const batch = (change: object) => ({ input: { source, runId, items: [], ...change } });

    expect(await codeOf('syncProducts', batch({ source: 'other' }))).toBe('CONFLICT');
    expect(await codeOf('syncProducts', batch({ runId: nowhere }))).toBe('NOT_FOUND');
    expect(await codeOf('syncProducts', batch({ runId: 'no uuid' }))).toBe('NOT_FOUND');
    await graph.do('finishSync', { runId });
    expect(await codeOf('syncProducts', batch({}))).toBe('CONFLICT');
    for (const operation of ['finishSync', 'cancelSync'] as const) {
      expect(await codeOf(operation, { runId: nowhere })).toBe('NOT_FOUND');
      expect(await codeOf(operation, { runId: 'no uuid' })).toBe('NOT_FOUND');
    }
  });

  it('does not begin with a bad source or a warehouse that nobody declared', async () => {
    expect(await codeOf('startSync', { source: 'a b', mode: 'DELTA' })).toBe('BAD_USER_INPUT');
    expect(await codeOf('startSync', { source, mode: 'DELTA', warehouse: 'Nowhere' })).toBe('BAD_USER_INPUT');
  });

  it('waits at its end for the batch that is on its way', async () => {
    const runId = await start('DELTA');
    let goOn = () => {};
    graph.catalog.pause = new Promise((resolve) => {
      goOn = resolve;
    });
    const asked = graph.catalog.calls.length;
    const sent = send(runId, goods(0, 2));
    while (graph.catalog.calls.length === asked) await new Promise((resolve) => setTimeout(resolve, 5));
    let isOver = false;
    const ending = graph.do('finishSync', { runId }).then((run) => {
      isOver = true;
      return run;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const wasOver = isOver;
    graph.catalog.pause = undefined;
    goOn();

    expect(wasOver).toBe(false);
    expect((await sent).run.status).toBe('RUNNING');
    expect((await ending).counts.created).toBe(2);
  });
});

describe('a snapshot', () => {
  it('hides what it did not mention, spares what it could not read, and ends once', async () => {
    await send(null, goods(0, 10));
    const runId = await start('SNAPSHOT');
    await send(runId, goods(0, 5));
    await send(runId, [...goods(5, 8), { sku: 'g8', name: 'x', price: 'дорого' }]);

    const ends = await Promise.all(Array.from({ length: 5 }, () => graph.do('finishSync', { runId })));

    expect(new Set(ends.map((run) => JSON.stringify(run))).size).toBe(1);
    expect(ends[0]).toMatchObject({ status: 'FINISHED', counts: { hidden: 1, zeroed: 0, rejected: 1 } });
    expect([...graph.catalog.goods.keys()].sort()).toEqual(['g0', 'g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'g8']);
    const asked = graph.catalog.take('applyProductSnapshot');
    expect(asked.filter(({ dryRun }) => dryRun === false)).toHaveLength(1);
    expect(asked[0]).toMatchObject({ runId, source, keep: ['g8'] });
  });

  it('is held when it would hit too much, and does it once an admin says so', async () => {
    await send(null, goods(0, 1_000));
    const runId = await start('SNAPSHOT');
    await send(runId, goods(0, 188));

    const held = await graph.do('finishSync', { runId });
    const again = await graph.do('finishSync', { runId });
    const before = graph.catalog.goods.size;
    const approved = await graph.do('approveSync', { runId }, viewers.admin);
    const after = await graph.do('approveSync', { runId }, viewers.admin);

    expect(held).toMatchObject({ status: 'HELD', finishedAt: null, counts: { hidden: 812 } });
    expect(held.heldBecause).toBe(
      'It would hide 812 of 1,000 goods (81.2 %); more than 20 % needs an admin’s approval.',
    );
    expect(again).toEqual(held);
    expect(before).toBe(1_000);
    expect(approved).toMatchObject({ status: 'FINISHED', counts: { hidden: 812 } });
    expect(after).toEqual(approved);
    expect(graph.catalog.goods.size).toBe(188);
    expect(await codeOf('syncProducts', { input: { source, runId, items: [] } })).toBe('CONFLICT');
  });

  it('that hid goods makes the same content news', async () => {
    const input = { source, items: goods(8, 10) };
    await send(null, goods(0, 8));
    await graph.do('syncProducts', { input });
    const runId = await start('SNAPSHOT');
    await send(runId, goods(0, 8));
    await graph.do('finishSync', { runId });

    const again = await graph.do('syncProducts', { input });

    expect(again).toMatchObject({ replayed: false, results: [{ outcome: 'CREATED' }, { outcome: 'CREATED' }] });
  });

  it('passes at exactly the share that is allowed', async () => {
    await send(null, goods(0, 10));
    const runId = await start('SNAPSHOT');
    await send(runId, goods(0, 8));

    expect(await graph.do('finishSync', { runId })).toMatchObject({ status: 'FINISHED', counts: { hidden: 2 } });
  });

  it('of nothing at all is held, whether no batch came or an empty one', async () => {
    await send(null, goods(0, 10));
    const silent = await start('SNAPSHOT');
    const empty = await start('SNAPSHOT');
    await send(empty, []);

    const ends = await Promise.all([silent, empty].map((runId) => graph.do('finishSync', { runId })));

    expect(ends.map(({ status, counts }) => [status, counts.hidden])).toEqual([
      ['HELD', 0],
      ['HELD', 10],
    ]);
    expect(ends[0].heldBecause).toMatch(/No batch was sent/);
    expect(graph.catalog.goods.size).toBe(10);
  });

  it('is of the moment when the earliest of its batches was seen', async () => {
    const runId = await start('SNAPSHOT');
    const observedAt = '2026-01-14T09:30:00.123Z';
    await graph.do('syncStocks', {
      input: { source, runId, observedAt, warehouse: '', items: [{ sku: 'a', quantity: 1 }] },
    });

    await graph.do('finishSync', { runId });

    const asked = graph.inventory.take('applyStockSnapshot');
    expect(asked.map(({ observedAt: at, dryRun }) => [at, dryRun])).toEqual([
      [observedAt, true],
      [observedAt, false],
    ]);
    expect(graph.catalog.take('applyProductSnapshot')).toEqual([]);
  });

  it('that is cancelled hides nothing, running or held, and is over', async () => {
    await send(null, goods(0, 10));
    const running = await start('SNAPSHOT');
    const held = await start('SNAPSHOT');
    await send(held, goods(0, 1));
    await graph.do('finishSync', { runId: held });

    const runs = [
      await graph.do('cancelSync', { runId: running }),
      await graph.do('cancelSync', { runId: held }, viewers.staff),
      await graph.do('cancelSync', { runId: held }, viewers.staff),
    ];

    expect(runs.map(({ status, counts }) => [status, counts.hidden])).toEqual([
      ['CANCELLED', 0],
      ['CANCELLED', 0],
      ['CANCELLED', 0],
    ]);
    expect(graph.catalog.goods.size).toBe(10);
    expect(await codeOf('finishSync', { runId: held })).toBe('CONFLICT');
    const { errors } = await graph.ask('approveSync', { runId: held }, viewers.admin);
    expect(errors?.[0]?.extensions?.code).toBe('CONFLICT');
  });

  it('whose second half fails keeps the first, and the same call does what is left', async () => {
    await send(null, goods(0, 10));
    const runId = await start('SNAPSHOT');
    await graph.do('syncProducts', {
      input: { source, runId, items: goods(0, 9).map((item) => ({ ...item, stockQuantity: 1 })) },
    });
    graph.inventory.faultAfter = { operation: 'applyStockSnapshot', calls: 1 };

    const failed = await graph.ask('finishSync', { runId });
    const between = await graph.do('syncRun', { id: runId });
    graph.catalog.calls.length = 0;
    const finished = await graph.do('finishSync', { runId });

    expect(failed.errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(between).toMatchObject({ status: 'RUNNING', counts: { hidden: 1 } });
    expect(finished).toMatchObject({ status: 'FINISHED', counts: { hidden: 1 } });
    expect(graph.catalog.calls).toEqual([]);
  });
});
