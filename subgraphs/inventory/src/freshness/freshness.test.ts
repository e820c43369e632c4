import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RefreshHarness } from '../testing/refresh-harness.ts';

let harness: RefreshHarness;

beforeAll(async () => {
  harness = await RefreshHarness.open();
});
afterAll(() => harness.close());

const saved = `warehouse { id freshMinutes freshness { lifetimeMinutes } } userErrors { code field }`;
const create = async (input: object) =>
  (
    await harness.shop.ask(`mutation ($i: CreateWarehouseInput!) { createWarehouse(input: $i) { ${saved} } }`, {
      i: input,
    })
  ).createWarehouse;
const update = async (input: object) =>
  (
    await harness.shop.ask(`mutation ($i: UpdateWarehouseInput!) { updateWarehouse(input: $i) { ${saved} } }`, {
      i: input,
    })
  ).updateWarehouse;

describe('Warehouse.freshness', () => {
  it('tells how new the counts are, and how asking for newer ones goes', async () => {
    expect(await harness.freshness()).toEqual({
      asOf: null,
      isStale: true,
      lifetimeMinutes: 15,
      requestedAt: null,
      answeredAt: null,
      nextAttemptAt: null,
      consecutiveFailures: 0,
      lastFailure: null,
      circuit: 'CLOSED',
    });

    await harness.read('TEA');
    const requestedAt = harness.now.toISOString();
    harness.pass(0.5);
    await harness.shop.apply([['TEA', '10']], { observedAt: requestedAt });
    await harness.report('ANSWERED');

    expect(await harness.freshness()).toEqual({
      asOf: requestedAt,
      isStale: false,
      lifetimeMinutes: 15,
      requestedAt,
      answeredAt: harness.now.toISOString(),
      nextAttemptAt: harness.ago(-0.5),
      consecutiveFailures: 0,
      lastFailure: null,
      circuit: 'CLOSED',
    });
  });

  it('costs one statement for a page of warehouses', async () => {
    for (const externalId of ['A', 'B', 'C']) await harness.shop.makeWarehouse(externalId);
    harness.shop.subgraph.statements();

    await harness.shop.ask('{ warehouses { nodes { name freshness { asOf circuit lifetimeMinutes } } } }');

    expect(harness.shop.subgraph.statements()).toHaveLength(2);
  });
});

describe('the lifetime of a warehouse’s counts', () => {
  it('is the shop’s usual one until staff say another, and again when they clear it', async () => {
    const { warehouse } = await create({ name: 'Cellar', externalId: 'CELLAR', freshMinutes: 2.5 });
    expect(warehouse).toMatchObject({ freshMinutes: 2.5, freshness: { lifetimeMinutes: 2.5 } });

    const kept = await update({ id: warehouse.id, name: 'The cellar' });
    const other = await update({ id: warehouse.id, freshMinutes: 60 });
    const cleared = await update({ id: warehouse.id, freshMinutes: null });

    expect([kept, other, cleared].map((answer) => answer.warehouse.freshMinutes)).toEqual([2.5, 60, null]);
    expect(cleared.warehouse.freshness.lifetimeMinutes).toBe(15);
  });

  it.each([0, -1, 525_601, 0.0001])('is not %d minutes', async (freshMinutes) => {
    const refusal = { warehouse: null, userErrors: [{ code: 'BAD_FRESH_MINUTES', field: ['input', 'freshMinutes'] }] };

    expect(await create({ name: 'Bad', externalId: 'BAD', freshMinutes })).toEqual(refusal);
    expect(await update({ id: '1', freshMinutes })).toEqual(refusal);
  });

  it('has counts confirmed often enough to be fresh, however short it is', async () => {
    await update({ id: '1', freshMinutes: 1 });
    await harness.shop.apply([['RICE', '10']], { observedAt: harness.ago(2) });
    await harness.shop.apply([['RICE', '10']], { observedAt: harness.ago(0.5) });

    const [rice] = await harness.read('RICE');

    expect(rice.availability).toMatchObject({ isStale: false, asOf: harness.ago(0.5) });
  });
});
