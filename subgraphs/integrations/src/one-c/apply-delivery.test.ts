import { localBroadcast } from '@gastronom/shared/redis/broadcast';
import { hurryRetries } from '@gastronom/shared/testing/hurry-retries';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { integrationsContext } from '../context.ts';
import { items, minutesAgo, OneCGraph } from '../testing/one-c-graph.ts';
import { createApplyDelivery } from './apply-delivery.job.ts';

let shop: OneCGraph;

beforeAll(async () => {
  shop = await OneCGraph.open({ ONE_C_TIME_ZONE: 'Asia/Atyrau' });
});
afterAll(() => shop.subgraph.close());
beforeEach(() => {
  shop.inventory.fault = undefined;
  shop.catalog.fault = undefined;
  shop.inventory.stock.clear();
  shop.inventory.calls.length = 0;
  shop.inventory.reports.length = 0;
});

const callback = (more: object = {}) => ({ warehouse_id_1c: 1, items: items({ a: 1 }), ...more });
interface RejectedRow {
  readonly index: number;
  readonly errors: readonly { readonly code: string }[];
}
const observed = () => shop.inventory.take('applyStocks').map(({ observedAt }) => observedAt);

describe('the rows of a delivery', () => {
  it('may be numbers and texts as 1C prints them; one that is none is reported, the rest applies', async () => {
    const quantities = { a: 150, b: '12,5', c: '1 234.500', d: '1 234,50', e: -3, f: 'много', g: null, h: true };
    const rows = [
      ...items(quantities),
      { nomenclature_code: 42, quantity: 1 },
      { nomenclature_code: '00042', quantity: 1 },
      { quantity: 1 },
      'a word',
      null,
      { nomenclature_code: 'a', quantity: 9 },
    ];

    const delivery = await shop.bring(callback({ items: rows }));

    expect(delivery).toMatchObject({ status: 'PARTLY_APPLIED', items: 14, applied: 7, rejected: 7, failure: null });
    expect([...shop.inventory.stock]).toEqual([
      ['1:a', '150.000'],
      ['1:b', '12.500'],
      ['1:c', '1234.500'],
      ['1:d', '1234.500'],
      ['1:e', '-3.000'],
      ['1:42', '1.000'],
      ['1:00042', '1.000'],
    ]);
    expect(delivery.run).toMatchObject({ status: 'FINISHED', counts: { received: 14, rejected: 7 } });
    expect(delivery.run.rejectedRows.nodes.map(({ index, errors }: RejectedRow) => [index, errors[0]?.code])).toEqual([
      [5, 'INVALID_NUMBER'],
      [6, 'INVALID_NUMBER'],
      [7, 'INVALID_NUMBER'],
      [10, 'MISSING_IDENTITY'],
      [11, 'MISSING_IDENTITY'],
      [12, 'MISSING_IDENTITY'],
      [13, 'DUPLICATE_IN_BATCH'],
    ]);
    expect(delivery.run.rejectedRows.nodes[0].row).toEqual({ nomenclature_code: 'f', quantity: 'много' });
  });

  it('are all told of when none can be applied', async () => {
    const delivery = await shop.bring(callback({ items: items({ a: 'x' }) }));

    expect(delivery).toMatchObject({ status: 'FAILED', failure: { code: 'NO_ROW_APPLIED' }, applied: 0, rejected: 1 });
    expect(delivery.run.status).toBe('FINISHED');
  });

  it('may be none, or ten thousand', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`sku-${i}`, i]));

    const none = await shop.bring(callback({ items: [] }));
    const all = await shop.bring(callback({ items: items(many) }));

    expect(none).toMatchObject({ status: 'APPLIED', items: 0, applied: 0 });
    expect(all).toMatchObject({
      status: 'APPLIED',
      items: 10_001,
      applied: 10_001,
      run: { counts: { parked: 10_001 } },
    });
    expect(shop.inventory.stock.size).toBe(10_001);
  });

  it('that name goods again count where they came first, however far apart', async () => {
    const many = Array.from({ length: 10_100 }, (_, i) => ({ nomenclature_code: `far-${i}`, quantity: 1 }));
    const again = { nomenclature_code: ' far-7 ', quantity: 9 };

    const delivery = await shop.bring(callback({ items: [...many, again] }));

    expect(delivery).toMatchObject({ status: 'PARTLY_APPLIED', applied: 10_100, rejected: 1 });
    expect(shop.inventory.stock.get('1:far-7')).toBe('1.000');
    expect(delivery.run.rejectedRows.nodes[0].errors[0].code).toBe('DUPLICATE_IN_BATCH');
  });

  it('of goods that nobody knows are parked', async () => {
    const delivery = await shop.bring(callback());

    expect(delivery.run.counts).toMatchObject({ parked: 1 });
  });
});

describe('the warehouse of a delivery', () => {
  it.each([1, '1', '001', '000000001', ' 01 '])('is the same, called %j', async (name) => {
    expect(await shop.bring(callback({ warehouse_id_1c: name }))).toMatchObject({
      status: 'APPLIED',
      warehouse: '001',
    });
  });

  it('that differs from another by zeros alone is found by its exact code', async () => {
    shop.inventory.warehouses.push({ id: '7', externalId: '70', name: 'B', isDefault: false });
    shop.inventory.warehouses.push({ id: '8', externalId: '0070', name: 'C', isDefault: false });

    const found = [];
    for (const name of [70, '0070', '070']) found.push(await shop.bring(callback({ warehouse_id_1c: name })));

    expect(found.map(({ warehouse, failure }) => warehouse ?? failure.code)).toEqual([
      '70',
      '0070',
      'UNKNOWN_WAREHOUSE',
    ]);
  });

  it.each([
    ['unknown', '77', 'UNKNOWN_WAREHOUSE'],
    ['missing', undefined, 'MISSING_WAREHOUSE'],
    ['blank', ' ', 'MISSING_WAREHOUSE'],
    ['a list', [1], 'BAD_PAYLOAD'],
    ['a fraction', 1.5, 'BAD_PAYLOAD'],
  ])('that is %s keeps it from being applied', async (_says, name, code) => {
    const delivery = await shop.bring(callback({ warehouse_id_1c: name }));

    expect(delivery).toMatchObject({ status: 'FAILED', failure: { code }, run: null });
    expect(shop.inventory.stock.size).toBe(0);
  });

  it('may be declared later: then the delivery is replayed', async () => {
    const failed = await shop.bring(callback({ warehouse_id_1c: '99' }));
    shop.inventory.warehouses.push({ id: '9', externalId: '0099', name: 'New', isDefault: false });

    const replay = await shop.do('replay', { id: failed.id });
    const applied = await shop.settled(failed.id);

    expect(replay).toMatchObject({ delivery: { id: failed.id, status: 'RECEIVED' }, userErrors: [] });
    expect(applied).toMatchObject({ status: 'APPLIED', warehouse: '0099', failure: null, attempts: 2 });
    expect([...shop.inventory.stock]).toEqual([['9:a', '1.000']]);
  });
});

describe('the moment of a delivery', () => {
  it('is its own, else that of the trigger that the token names, else that of its receipt', async () => {
    const requestedAt = minutesAgo(3);
    const own = minutesAgo(2).toISOString();

    const named = await shop.bring(callback({ observed_at: own }), { token: await shop.trigger(requestedAt) });
    const asked = await shop.bring(callback(), { token: await shop.trigger(requestedAt) });
    const plain = await shop.bring(callback());
    const unknown = await shop.bring(callback(), { token: 'nobody-gave-this-out' });

    expect([named.observedAt, asked.observedAt]).toEqual([own, requestedAt.toISOString()]);
    expect([plain.observedAt, unknown.observedAt]).toEqual([plain.receivedAt, unknown.receivedAt]);
    expect([named.requestedAt, unknown.requestedAt]).toEqual([requestedAt.toISOString(), null]);
    expect(observed()).toEqual([named, asked, plain, unknown].map(({ observedAt }) => observedAt));
  });

  it.each([
    ['an offset', '2026-01-14T09:30:00+05:00', '2026-01-14T04:30:00.000Z'],
    ['UTC', '2026-01-14T09:30:00.5Z', '2026-01-14T09:30:00.500Z'],
    ['no zone, which is the shop’s', '2026-01-14T09:30:00', '2026-01-14T04:30:00.000Z'],
    ['a space and no seconds', '2026-01-14 09:30', '2026-01-14T04:30:00.000Z'],
  ])('may be written with %s', async (_says, written, moment) => {
    expect((await shop.bring(callback({ observed_at: written }))).observedAt).toBe(moment);
  });

  it.each([
    ['six minutes to come', () => minutesAgo(-6).toISOString(), 'OBSERVED_IN_FUTURE'],
    ['of another century', () => '1899-12-30T00:00:00Z', 'BAD_OBSERVED_AT'],
    ['a number', () => 1_736_847_000, 'BAD_OBSERVED_AT'],
    ['no day of the calendar', () => '2026-13-45T00:00:00Z', 'BAD_OBSERVED_AT'],
    ['words', () => 'yesterday', 'BAD_OBSERVED_AT'],
  ])('that is %s is refused, and nothing is applied, now or replayed', async (_says, written, code) => {
    const delivery = await shop.bring(callback({ observed_at: written() }));
    await shop.do('replay', { id: delivery.id });
    const again = await shop.settled(delivery.id, ({ attempts, status }) => attempts === 2 && status === 'FAILED');

    expect(again).toMatchObject({ failure: { code }, run: null, observedAt: null, warehouse: null });
    expect(shop.inventory.stock.size).toBe(0);
  });

  it('is none where 1C sends its empty date', async () => {
    const delivery = await shop.bring(callback({ observed_at: '0001-01-01T00:00:00' }));

    expect(delivery.observedAt).toBe(delivery.receivedAt);
  });

  it('four minutes to come is a clock that goes before ours', async () => {
    expect((await shop.bring(callback({ observed_at: minutesAgo(-4).toISOString() }))).status).toBe('APPLIED');
  });
});

describe('a token', () => {
  it('that served knows the same bytes again, and gives its moment to others', async () => {
    const requestedAt = minutesAgo(2);
    const token = await shop.trigger(requestedAt);

    const first = await shop.bring(callback(), { token });
    const again = await shop.bring(callback(), { token });
    const other = await shop.bring(callback({ items: items({ a: 2 }) }), { token });

    expect([first.status, again.status, other.status]).toEqual(['APPLIED', 'DUPLICATE', 'APPLIED']);
    expect(again.failure).toEqual({ code: 'DUPLICATE', message: `It says the same as delivery ${first.id}.` });
    expect(observed()).toEqual([requestedAt.toISOString(), requestedAt.toISOString()]);
    expect(
      await shop.subgraph.ownerQuery(
        'SELECT spent_at IS NOT NULL AS spent FROM integrations.one_c_triggers WHERE token_hash = sha256($1::text::bytea)',
        [token],
      ),
    ).toEqual([{ spent: true }]);
  });

  it('of another warehouse keeps the delivery from being applied', async () => {
    const token = await shop.trigger(minutesAgo(1), { id: '2', externalId: '002' });

    const delivery = await shop.bring(callback(), { token });

    expect(delivery).toMatchObject({ status: 'FAILED', failure: { code: 'OTHER_WAREHOUSE' }, run: null });
    expect(shop.inventory.stock.size).toBe(0);
  });

  it('names the warehouse where the body does not', async () => {
    const token = await shop.trigger(minutesAgo(1));

    expect(await shop.bring(callback({ warehouse_id_1c: null }), { token })).toMatchObject({ warehouse: '001' });
  });
});

describe('the same delivery again', () => {
  it('is applied once, however many come at a time', async () => {
    const body = callback({ observed_at: minutesAgo(1).toISOString() });

    const ids = (await Promise.all(Array.from({ length: 6 }, () => shop.post({ body })))).map(
      ({ body: answer }) => answer.deliveryId,
    );
    const found = await Promise.all(ids.map((id) => shop.settled(id)));

    expect(found.map(({ status }) => status).sort()).toEqual(['APPLIED', ...Array(5).fill('DUPLICATE')]);
    expect(shop.inventory.take('applyStocks')).toHaveLength(1);
  });

  it('is news where nothing says of which moment it is', async () => {
    const found = [await shop.bring(callback()), await shop.bring(callback())];

    expect(found.map(({ status }) => status)).toEqual(['APPLIED', 'APPLIED']);
    expect(found[1].run.counts).toMatchObject({ unchanged: 1 });
  });

  it('of one that could not be applied is another try', async () => {
    const body = callback({ warehouse_id_1c: 'W', observed_at: minutesAgo(1).toISOString() });
    const failed = await shop.bring(body);
    shop.inventory.warehouses.push({ id: '30', externalId: 'w', name: 'W', isDefault: false });

    expect([failed.status, (await shop.bring(body)).status]).toEqual(['FAILED', 'APPLIED']);
  });
});

describe('inventory', () => {
  it('hears that 1C has answered, and whom', async () => {
    const requestedAt = minutesAgo(1);
    await shop.bring(callback(), { token: await shop.trigger(requestedAt) });
    const own = await shop.bring(callback());
    await shop.bring(callback({ warehouse_id_1c: 'nowhere' }));
    while (shop.inventory.reports.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));

    expect(own.status).toBe('APPLIED');
    expect(shop.inventory.reports).toEqual([
      { warehouseId: '1', requestedAt: requestedAt.toISOString(), outcome: 'ANSWERED' },
      { warehouseId: '1', requestedAt: null, outcome: 'ANSWERED' },
    ]);
  });

  it('that is down gets the delivery when it is back', async () => {
    shop.inventory.fault = 'unavailable';
    const { body } = await shop.post({ body: callback() });
    const waiting = await shop.settled(body.deliveryId, ({ attempts, failure }) => attempts >= 1 && failure !== null);
    shop.inventory.fault = undefined;
    const applied = await hurryRetries(shop.subgraph.ownerQuery, shop.settled(body.deliveryId));

    expect(waiting).toMatchObject({ status: 'RECEIVED', failure: { code: 'INVENTORY_UNAVAILABLE' } });
    expect(applied).toMatchObject({ status: 'APPLIED', failure: null, run: { status: 'FINISHED' } });
    expect([...shop.inventory.stock]).toEqual([['1:a', '1.000']]);
  });

  it('that stays away leaves the delivery to an admin, whose replay heals its run', async () => {
    const { subgraph, inventory, catalog, logger } = shop;
    const environment = {
      dataSource: subgraph.dataSource,
      subgraphs: (name: string) => (name === 'inventory' ? inventory.transport : catalog.transport),
      jobs: subgraph.jobs,
      broadcast: localBroadcast(),
      logger,
    };
    // The list of warehouses is known here: so far the delivery comes.
    const context = integrationsContext(environment);
    const known = context({ viewer: viewers.internal, requestId: 'test', logger });
    await known.warehouses.find(known.inventory, ['1']);
    shop.inventory.fault = 'unavailable';
    const { body } = await shop.post({ body: callback() });
    await shop.settled(body.deliveryId, ({ attempts, failure }) => attempts >= 1 && failure !== null);

    const { run } = createApplyDelivery(environment);
    const payload = { deliveryId: body.deliveryId };
    const last = { id: 'j', payload, attempt: 11, isLastAttempt: true, signal: new AbortController().signal };
    await expect(run([last])).rejects.toThrow();
    const failed = await shop.do('one', { id: body.deliveryId });
    shop.inventory.fault = undefined;
    await shop.do('replay', { id: body.deliveryId });
    const healed = await shop.settled(body.deliveryId);

    expect(failed).toMatchObject({
      status: 'FAILED',
      failure: { code: 'INVENTORY_UNAVAILABLE' },
      run: { status: 'FAILED' },
    });
    expect(healed).toMatchObject({ status: 'APPLIED', failure: null, run: { id: failed.run.id, status: 'FINISHED' } });
    expect([...shop.inventory.stock]).toEqual([['1:a', '1.000']]);
  });

  it('that applied and could not say so does not apply twice', async () => {
    shop.inventory.fault = 'timeout';
    const { body } = await shop.post({ body: callback({ items: items({ t: 5 }) }) });
    await shop.settled(body.deliveryId, ({ attempts, failure }) => attempts >= 1 && failure !== null);
    shop.inventory.fault = undefined;
    const applied = await hurryRetries(shop.subgraph.ownerQuery, shop.settled(body.deliveryId));

    expect(applied).toMatchObject({ status: 'APPLIED', run: { status: 'FINISHED', counts: { received: 1 } } });
    expect([...shop.inventory.stock]).toEqual([['1:t', '5.000']]);
  });
});

describe('a delivery that is applied', () => {
  it('stays as it is when it is replayed', async () => {
    const delivery = await shop.bring(callback());
    shop.inventory.calls.length = 0;

    const { delivery: replayed } = await shop.do('replay', { id: delivery.id });

    expect(replayed).toEqual(delivery);
    expect(shop.inventory.calls).toEqual([]);
  });

  it('in part is replayed by a run of its own', async () => {
    const partly = await shop.bring(callback({ items: items({ a: 1, b: 'x' }) }));
    await shop.do('replay', { id: partly.id });
    const again = await shop.settled(partly.id, ({ attempts, status }) => attempts === 2 && status !== 'RECEIVED');

    expect(again).toMatchObject({ status: 'PARTLY_APPLIED', applied: 1, rejected: 1 });
    expect(again.run.id).not.toBe(partly.run.id);
    expect(again.run.counts).toMatchObject({ unchanged: 1, rejected: 1 });
  });

  it('is not to be found where there is none', async () => {
    for (const id of ['999999', 'x', '']) {
      const { delivery, userErrors } = await shop.do('replay', { id });
      expect([delivery, userErrors[0].code]).toEqual([null, 'NOT_FOUND']);
      expect(await shop.do('one', { id })).toBeNull();
    }
  });
});
