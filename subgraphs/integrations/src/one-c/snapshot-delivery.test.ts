import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { items, minutesAgo, OneCGraph } from '../testing/one-c-graph.ts';

let shop: OneCGraph;

beforeAll(async () => {
  shop = await OneCGraph.open();
});
afterAll(() => shop.subgraph.close());
beforeEach(() => {
  shop.inventory.fault = undefined;
  shop.inventory.faultAfter = undefined;
  shop.inventory.missing = 0;
  shop.inventory.stock.clear();
  shop.inventory.calls.length = 0;
  shop.inventory.reports.length = 0;
});

const snapshot = (codes: readonly string[], more: object = {}) => ({
  warehouse_id_1c: 1,
  mode: 'snapshot',
  items: items(Object.fromEntries(codes.map((code) => [code, 1]))),
  ...more,
});
const ten = Array.from({ length: 10 }, (_, i) => `g${i}`);
const ends = () => shop.inventory.take('applyStockSnapshot').filter(({ dryRun }) => dryRun === false);

describe('a snapshot in one delivery', () => {
  it('is a run that ends with it, of the moment that it names', async () => {
    shop.inventory.missing = 1;
    const requestedAt = minutesAgo(1);

    const delivery = await shop.bring(snapshot(ten), { token: await shop.trigger(requestedAt) });

    expect(delivery).toMatchObject({ status: 'APPLIED', mode: 'SNAPSHOT', complete: true, failure: null });
    expect(delivery.run).toMatchObject({
      mode: 'SNAPSHOT',
      status: 'FINISHED',
      warehouse: '001',
      counts: { zeroed: 1 },
    });
    expect(ends()).toMatchObject([{ source: 'one_c', observedAt: requestedAt.toISOString() }]);
  });

  it('that would set too much to zero is held, until an admin lets it go on', async () => {
    shop.inventory.missing = 5;
    const held = await shop.bring(snapshot(ten));
    const [listed] = (await shop.do('list', { first: 1, status: 'HELD' })).nodes;
    const replay = await shop.do('replay', { id: held.id });
    const before = ends();
    await shop.do('approve', { id: held.run.id });
    const approved = await shop.do('one', { id: held.id });

    expect(held).toMatchObject({
      status: 'HELD',
      run: { status: 'HELD', heldBecause: expect.stringContaining('5 of 10') },
    });
    expect(listed.id).toBe(held.id);
    expect(replay.delivery.status).toBe('HELD');
    expect(before).toEqual([]);
    expect(approved).toMatchObject({ status: 'APPLIED', run: { status: 'FINISHED', counts: { zeroed: 5 } } });
    expect((await shop.do('list', { first: 1, status: 'HELD' })).totalCount).toBe(0);
  });

  it('that was held and broken off is applied in part', async () => {
    shop.inventory.missing = 5;
    const held = await shop.bring(snapshot(ten));
    await shop.do('cancel', { id: held.run.id });

    expect((await shop.do('one', { id: held.id })).status).toBe('PARTLY_APPLIED');
  });

  it.each([11, 9, 0])('whose `total` of %i is not that of its items sets nothing to zero', async (total) => {
    const delivery = await shop.bring(snapshot(ten, { total }));

    expect(delivery).toMatchObject({ status: 'PARTLY_APPLIED', total, applied: 10, run: { status: 'RUNNING' } });
    expect(delivery.failure).toEqual({
      code: 'INCOMPLETE_SNAPSHOT',
      message: `The parts hold 10 of the ${total} items that \`total\` announces: nothing was set to zero.`,
    });
    expect(ends()).toEqual([]);
    expect(shop.inventory.stock.size).toBe(10);
  });

  it.each([
    [{ mode: 'all' }, 'mode'],
    [{ total: 'ten' }, 'total'],
    [{ total: -1 }, 'total'],
    [{ complete: 'no' }, 'complete'],
  ])('with %j is refused by name', async (more, name) => {
    const delivery = await shop.bring(snapshot(ten, more));

    expect(delivery).toMatchObject({ status: 'FAILED', failure: { code: 'BAD_PAYLOAD' }, run: null });
    expect(delivery.failure.message).toContain(`\`${name}\``);
  });
});

describe('a snapshot in parts', () => {
  const parts = [snapshot(ten.slice(0, 4), { complete: false }), snapshot(ten.slice(4, 7), { complete: false })];
  const last = snapshot(ten.slice(7), { total: 10 });

  it('is one run, and ends with its last part', async () => {
    const token = await shop.trigger(minutesAgo(1));
    const first = await shop.bring(parts[0], { token });
    const second = await shop.bring(parts[1], { token });
    const running = ends();
    const told = shop.inventory.reports.length;
    const third = await shop.bring(last, { token });
    while (shop.inventory.reports.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));

    expect([first, second, third].map(({ status }) => status)).toEqual(['APPLIED', 'APPLIED', 'APPLIED']);
    expect(new Set([first, second, third].map(({ run }) => run.id)).size).toBe(1);
    expect([first.run.status, third.run.status]).toEqual(['RUNNING', 'FINISHED']);
    expect([running, told]).toEqual([[], 0]);
    expect(ends()).toHaveLength(1);
    expect(shop.inventory.reports).toHaveLength(1);
  });

  it('may come in any order, and each part twice: it ends once, with the part that was missing', async () => {
    const token = await shop.trigger(minutesAgo(1));
    const early = await shop.bring(last, { token });
    const found = [await shop.bring(parts[1], { token }), await shop.bring(parts[1], { token })];
    const before = ends();
    found.push(await shop.bring(parts[0], { token }), await shop.bring(last, { token }));

    expect(early).toMatchObject({ status: 'PARTLY_APPLIED', failure: { code: 'INCOMPLETE_SNAPSHOT' } });
    expect(before).toEqual([]);
    expect(found.map(({ status }) => status)).toEqual(['APPLIED', 'DUPLICATE', 'APPLIED', 'DUPLICATE']);
    expect(await shop.do('one', { id: early.id })).toMatchObject({
      status: 'APPLIED',
      failure: null,
      run: { status: 'FINISHED' },
    });
    expect(ends()).toHaveLength(1);
  });

  it('may be tied by the moment that all of them name', async () => {
    const observed_at = minutesAgo(1).toISOString();
    const first = await shop.bring({ ...parts[0], observed_at });
    const rest = await shop.bring(snapshot(ten.slice(4), { observed_at, total: 10 }));

    expect(rest.run).toMatchObject({ id: first.run.id, status: 'FINISHED' });
  });

  it('that nothing ties together is not applied', async () => {
    expect(await shop.bring(parts[0])).toMatchObject({ status: 'FAILED', failure: { code: 'UNTIED_PART' }, run: null });
  });

  it('does not end over a part that was cut off and never came again', async () => {
    const token = await shop.trigger(minutesAgo(1));
    const cut = await shop.post({ token, body: JSON.stringify(parts[0]).slice(0, -30) });
    const end = await shop.bring(snapshot(ten.slice(4)), { token });

    expect(cut.status).toBe(400);
    expect(end).toMatchObject({ status: 'PARTLY_APPLIED', failure: { code: 'INCOMPLETE_SNAPSHOT' } });
    expect(ends()).toEqual([]);
  });

  it('that inventory could not end is ended when it is back', async () => {
    shop.inventory.faultAfter = { operation: 'applyStockSnapshot', calls: 0 };
    const delivery = await shop.bring(snapshot(ten), { token: await shop.trigger(minutesAgo(1)) });

    expect(delivery).toMatchObject({ status: 'APPLIED', attempts: 2, run: { status: 'FINISHED' } });
    expect(ends()).toHaveLength(1);
  });
});
