import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RefreshHarness } from '../testing/refresh-harness.ts';

let harness: RefreshHarness;
const minuteMs = 60_000;

beforeAll(async () => {
  harness = await RefreshHarness.open();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await harness.empty();
});

/** No chance in the back-off: half an hour holds five failures, and the breaker is open at its end. */
const withoutChance = () => jest.spyOn(Math, 'random').mockReturnValue(0.5);

afterAll(() => harness.close());

const staleTea = () => harness.shop.apply([['TEA', '10']], { observedAt: harness.ago(60) });

/** Reads twice a minute for so long, and fails what it comes to; gives back when 1C was asked. */
async function failFor(minutes: number, everySeconds = 30): Promise<number[]> {
  const start = harness.now.getTime();
  let known = (await harness.requests()).length;
  while (harness.now.getTime() - start < minutes * minuteMs) {
    const [tea] = await harness.read('TEA');
    expect(tea.availability).toMatchObject({ availableOnline: 5, isStale: true });
    const requests = await harness.requests();
    if (requests.length > known) await harness.report('FAILED', { reason: 'connect ECONNREFUSED' });
    known = requests.length;
    harness.pass(everySeconds / 60);
  }
  return (await harness.requests()).map(({ requestedAt }) => (Date.parse(requestedAt) - start) / 1_000);
}

const gaps = (moments: readonly number[]) => moments.slice(1).map((moment, place) => moment - (moments[place] ?? 0));

describe('1C that is down for an hour', () => {
  it('is asked eleven times at most, ever more seldom, while reads answer as before', async () => {
    await staleTea();

    const asked = await failFor(60);

    // Half of twice the floor, doubled at each failure, up to half of the longest back-off, is the soonest.
    const soonest = [60, 120, 240, 450, 450, 450, 450, 450, 450, 450];
    const latest = [120, 240, 480, 900, 900, 900, 900, 900, 900, 900];
    expect(asked.length).toBeGreaterThanOrEqual(7);
    expect(asked.length).toBeLessThanOrEqual(11);
    gaps(asked).forEach((gap, place) => {
      expect(gap).toBeGreaterThanOrEqual(soonest[place] ?? Number.POSITIVE_INFINITY);
      expect(gap).toBeLessThanOrEqual((latest[place] ?? 0) + 30);
    });
    expect(await harness.freshness()).toMatchObject({ lastFailure: 'connect ECONNREFUSED' });
  });

  it('opens the breaker after five failures, which staff and the health check see', async () => {
    await staleTea();
    expect(await harness.shop.subgraph.transport.checks()).toEqual({ one_c: { status: 'pass' } });

    withoutChance();
    await failFor(29, 60);

    const { circuit, consecutiveFailures, nextAttemptAt } = await harness.freshness();
    expect({ circuit, consecutiveFailures }).toEqual({ circuit: 'OPEN', consecutiveFailures: 5 });
    expect(Date.parse(nextAttemptAt)).toBeGreaterThan(harness.now.getTime());
    const { one_c } = await harness.shop.subgraph.transport.checks();
    expect(one_c).toMatchObject({ status: 'warn', output: expect.stringContaining('1C fails, 5 in a row') });
  });
});

describe('a silent 1C', () => {
  it('fails when the time to answer is over', async () => {
    await staleTea();
    await harness.read('TEA');
    await harness.report('ACCEPTED');

    harness.pass(7.1);
    await harness.read('TEA');

    expect(await harness.freshness()).toMatchObject({
      consecutiveFailures: 1,
      lastFailure: '1C took the request and did not answer in time.',
    });
    expect(await harness.requests()).toHaveLength(2);
  });
});

describe('the breaker', () => {
  let warehouses: string[];

  beforeAll(async () => {
    const others = ['002', '003', '004', '005', '006'];
    warehouses = ['1'];
    for (const externalId of others) warehouses.push(await harness.shop.makeWarehouse(externalId));
  });

  /** Every warehouse fails once, which is one more than the breaker takes. */
  async function open(): Promise<void> {
    await harness.read('GHOST');
    expect(await harness.asked()).toEqual(warehouses);
    for (const warehouseId of warehouses) await harness.report('FAILED', { warehouseId });
    expect((await harness.freshness()).circuit).toBe('OPEN');
  }

  it('counts over all warehouses, and keeps all requests back while it is open', async () => {
    await open();

    harness.pass(7);
    await harness.read('GHOST');

    expect(await harness.requests()).toHaveLength(6);
  });

  it('lets one request alone try, and opens again when it fails', async () => {
    await open();
    harness.pass(15.1);
    expect((await harness.freshness()).circuit).toBe('HALF_OPEN');

    for (let read = 0; read < 3; read += 1) {
      await harness.read('GHOST');
      harness.pass(0.5);
    }
    expect(await harness.requests()).toHaveLength(7);

    const { warehouseId } = (await harness.requests()).at(-1) ?? {};
    await harness.report('FAILED', { warehouseId });
    expect((await harness.freshness()).circuit).toBe('OPEN');
    await harness.read('GHOST');
    expect(await harness.requests()).toHaveLength(7);
  });

  it('bounds the requests of an hour for all warehouses together', async () => {
    await harness.shop.apply(
      warehouses.map((warehouseId) => ['TEA', '2', warehouseId]),
      { observedAt: harness.ago(60) },
    );
    const reported = new Set<string>();

    for (let minute = 0; minute < 60; minute += 1) {
      await harness.read('TEA');
      for (const { warehouseId, requestedAt } of await harness.requests()) {
        const request = `${warehouseId} ${requestedAt}`;
        if (!reported.has(request)) await harness.report('FAILED', { warehouseId, requestedAt });
        reported.add(request);
      }
      harness.pass(1);
    }

    expect(reported.size).toBeGreaterThan(warehouses.length);
    expect(reported.size).toBeLessThanOrEqual(warehouses.length + 12);
    const { one_c } = await harness.shop.subgraph.transport.checks();
    expect(one_c).toMatchObject({ status: 'warn' });
  });

  it('closes when the try is answered, and all are asked for again', async () => {
    await open();
    harness.pass(15.1);
    await harness.read('GHOST');
    const { warehouseId } = (await harness.requests()).at(-1) ?? {};

    await harness.report('ANSWERED', { warehouseId });

    expect((await harness.freshness()).circuit).toBe('CLOSED');
    expect(await harness.shop.subgraph.transport.checks()).toEqual({ one_c: { status: 'pass' } });
    harness.pass(1);
    await harness.read('GHOST');
    expect(await harness.requests()).toHaveLength(7 + 5);
  });
});

describe('refreshWarehouse', () => {
  const ask = async (id = '1') => {
    const mutation = `mutation ($id: ID!) {
      refreshWarehouse(id: $id) { warehouse { id freshness { requestedAt circuit } } userErrors { code message } }
    }`;
    return (await harness.shop.ask(mutation, { id }, viewers.staff)).refreshWarehouse;
  };

  it('asks though nothing is stale, and once however often it is wanted', async () => {
    const requestedAt = harness.now.toISOString();

    expect(await ask()).toEqual({
      warehouse: { id: '1', freshness: { requestedAt, circuit: 'CLOSED' } },
      userErrors: [],
    });
    await Promise.all([ask(), ask()]);

    expect(await harness.requests()).toHaveLength(1);
  });

  it('asks again after an answer, but not within the floor', async () => {
    await ask();
    await harness.report('ANSWERED');
    expect((await ask()).userErrors).toMatchObject([{ code: 'TOO_SOON' }]);

    harness.pass(1);
    expect((await ask()).userErrors).toEqual([]);
    expect(await harness.requests()).toHaveLength(2);
  });

  it('tries 1C while the breaker is open, one warehouse at a time', async () => {
    await staleTea();
    withoutChance();
    await failFor(29, 60);
    const before = (await harness.requests()).length;

    expect((await ask()).userErrors).toEqual([]);
    expect((await ask('2')).userErrors).toMatchObject([{ code: 'TOO_SOON' }]);

    expect(await harness.requests()).toHaveLength(before + 1);
    await harness.report('ANSWERED');
    expect((await harness.freshness()).circuit).toBe('CLOSED');
  });

  it('says that there is no such warehouse', async () => {
    expect((await ask('99')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await ask('one')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('says that 1C has no address', async () => {
    const still = await RefreshHarness.open({ ONE_C_URL: '' });

    const { refreshWarehouse } = await still.shop.ask('mutation { refreshWarehouse(id: "1") { userErrors { code } } }');

    expect(refreshWarehouse.userErrors).toEqual([{ code: 'REFRESH_OFF' }]);
    await still.close();
  });
});
