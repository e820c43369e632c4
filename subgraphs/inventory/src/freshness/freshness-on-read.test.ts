import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { RefreshHarness } from '../testing/refresh-harness.ts';

let harness: RefreshHarness;
let second: string;

beforeAll(async () => {
  harness = await RefreshHarness.open();
  second = await harness.shop.makeWarehouse('002');
});
afterEach(() => harness.empty());
afterAll(() => harness.close());

const staleTea = async (minutes = 16) => {
  await harness.shop.apply([['TEA', '10']], { observedAt: harness.ago(minutes) });
};

describe('a read of stale stock', () => {
  it('answers at once with what there is, says that it is stale, and has 1C asked', async () => {
    await staleTea();

    const [tea] = await harness.read('TEA');

    expect(tea.availability).toEqual({ availableOnline: 5, asOf: harness.ago(16), isStale: true });
    const requestedAt = harness.now.toISOString();
    expect(await harness.requests()).toEqual([{ warehouseId: '1', externalId: '001', requestedAt }]);
  });

  it('asks for the warehouses whose count is stale, and for no other', async () => {
    await staleTea();
    await harness.shop.apply([['TEA', '10', second]], { observedAt: harness.ago(16) });
    await harness.shop.apply([['TEA', '11']], { observedAt: harness.ago(1) });

    await harness.read('TEA');

    expect(await harness.asked()).toEqual([second]);
  });

  it('asks for every warehouse where nothing was ever counted', async () => {
    const [ghost] = await harness.read('GHOST');

    expect(ghost.availability).toEqual({ availableOnline: 0, asOf: null, isStale: true });
    expect(await harness.asked()).toEqual(['1', second]);
  });

  it('costs the page its one statement, and waits for nothing else', async () => {
    await staleTea();
    harness.shop.subgraph.statements();

    await harness.shop.goods([{ sku: 'TEA' }, { sku: 'GHOST' }], 'availableOnline availability { isStale }');

    expect(harness.shop.subgraph.statements()).toHaveLength(1);
  });

  it('is answered though the request cannot be noted', async () => {
    await staleTea();
    const lost = 'ALTER TABLE inventory.refresh_breaker RENAME TO';
    await harness.shop.subgraph.ownerQuery(`${lost} lost`);
    try {
      const [tea] = await harness.read('TEA');
      expect(tea.availability.isStale).toBe(true);
    } finally {
      await harness.shop.subgraph.ownerQuery('ALTER TABLE inventory.lost RENAME TO refresh_breaker');
    }

    harness.pass(0.1);
    await harness.read('TEA');
    expect(await harness.asked()).toEqual(['1']);
  });
});

describe('a read of fresh stock', () => {
  it('asks for nothing, and costs one statement', async () => {
    await staleTea(14);
    harness.shop.subgraph.statements();

    const [tea] = await harness.read('TEA');

    expect(tea.availability.isStale).toBe(false);
    expect(harness.shop.subgraph.statements()).toHaveLength(1);
    expect(await harness.requests()).toEqual([]);
  });

  it('goes by the lifetime of its warehouse', async () => {
    const set = (freshMinutes: number | null) =>
      harness.shop.ask(
        'mutation ($m: Float) { updateWarehouse(input: { id: "1", freshMinutes: $m }) { userErrors { code } } }',
        { m: freshMinutes },
      );
    await staleTea(10);
    await set(9.5);

    const [early] = await harness.read('TEA');
    await set(60);
    harness.pass(49);
    const [late] = await harness.read('TEA');

    expect([early.availability.isStale, late.availability.isStale]).toEqual([true, false]);
    expect(await harness.asked()).toEqual(['1']);
    await set(null);
    const [usual] = await harness.read('TEA');
    expect(usual.availability.isStale).toBe(true);
  });
});

describe('one request', () => {
  it('is on its way for a warehouse at a time, for as long as it may take', async () => {
    await staleTea();
    await harness.read('TEA');
    await harness.report('ACCEPTED');

    for (let minute = 0; minute < 4; minute += 1) {
      harness.pass(1);
      await harness.read('TEA');
    }

    expect(await harness.asked()).toEqual(['1']);
    expect(await harness.freshness()).toMatchObject({ consecutiveFailures: 0, circuit: 'CLOSED' });
  });

  it('that is answered stops the others for as long as the answer is fresh, also for goods it did not mention', async () => {
    await staleTea();
    await harness.read('TEA');
    await harness.report('ACCEPTED');
    const asked = harness.now.getTime();
    harness.pass(0.5);
    await harness.report('ANSWERED');

    harness.pass(14);
    await harness.read('TEA');
    expect(await harness.requests()).toHaveLength(1);

    harness.pass(1);
    await harness.read('TEA');
    expect(await harness.requests()).toHaveLength(2);
    expect(harness.now.getTime() - asked).toBe(15.5 * 60_000);
  });

  it('that was given up is not revived by a late report, but by a late answer', async () => {
    await staleTea();
    await harness.read('TEA');
    harness.pass(8);
    await harness.read('TEA');
    const [lost] = await harness.requests();
    expect(await harness.freshness()).toMatchObject({ consecutiveFailures: 1 });

    const late = { requestedAt: lost?.requestedAt };
    expect(await harness.report('FAILED', late)).toBe(false);
    expect(await harness.report('ACCEPTED', late)).toBe(false);
    expect(await harness.report('ANSWERED', late)).toBe(true);

    expect(await harness.freshness()).toMatchObject({ consecutiveFailures: 0, lastFailure: null });
  });

  it('is answered by what 1C says by itself meanwhile', async () => {
    await staleTea();
    await harness.read('TEA');

    await harness.report('ANSWERED', { requestedAt: null });

    harness.pass(6);
    await harness.read('TEA');
    expect(await harness.requests()).toHaveLength(1);
    expect(await harness.freshness()).toMatchObject({ consecutiveFailures: 0 });
  });

  it('is not held up by what 1C said of other goods by itself', async () => {
    await staleTea();
    await harness.report('ANSWERED', { requestedAt: null });

    await harness.read('TEA');

    expect(await harness.asked()).toEqual(['1']);
  });
});

describe('a shop without an address of 1C', () => {
  it('notices nothing, and says that nobody is asked', async () => {
    const still = await RefreshHarness.open({ ONE_C_URL: '' });
    await still.shop.apply([['TEA', '10']], { observedAt: still.ago(16) });
    still.shop.subgraph.statements();

    const [tea] = await still.read('TEA', 'GHOST');

    expect(tea.availability.isStale).toBe(true);
    expect(still.shop.subgraph.statements()).toHaveLength(1);
    expect(await still.requests()).toEqual([]);
    expect(await still.freshness()).toMatchObject({ circuit: 'OFF', nextAttemptAt: null, isStale: true });
    expect(await still.shop.subgraph.transport.checks()).toEqual({});

    expect(await still.report('ANSWERED', { requestedAt: null })).toBe(true);
    expect((await still.freshness()).answeredAt).toBe(still.now.toISOString());
    await still.close();
  });
});
