import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo } from '../testing/inventory-harness.ts';

let shop: InventoryHarness;
let second: string;

beforeAll(async () => {
  shop = await InventoryHarness.open();
  second = await shop.makeWarehouse('002');
});
afterEach(() => shop.empty());
afterAll(() => shop.close());

const stored = async () =>
  (await shop.stocks()).map(({ sku, quantity, parked }) => `${sku} ${Number(quantity)}${parked ? ' parked' : ''}`);

describe('the order of observations', () => {
  it('leaves alone what was seen later', async () => {
    await shop.apply([['TEA', '5']], { observedAt: minutesAgo(2) });
    const before = await shop.versions();

    expect(await shop.apply([['TEA', '8']], { observedAt: minutesAgo(3) })).toEqual(['STALE']);

    expect(await shop.versions()).toEqual(before);
  });

  it('knows that an unchanged row was seen, though it was not written', async () => {
    await shop.apply(
      [
        ['TEA', '5'],
        ['RICE', '5'],
      ],
      { observedAt: minutesAgo(4) },
    );
    await shop.apply([['TEA', '5']], { observedAt: minutesAgo(2) });

    const late = await shop.apply(
      [
        ['TEA', '8'],
        ['RICE', '8'],
      ],
      { observedAt: minutesAgo(3) },
    );

    expect(late).toEqual(['STALE', 'UPDATED']);
    expect(await stored()).toEqual(['RICE 8', 'TEA 5']);
  });

  it('keeps warehouses apart', async () => {
    await shop.apply([['TEA', '5']], { observedAt: minutesAgo(2) });

    expect(await shop.apply([['TEA', '8', second]], { observedAt: minutesAgo(3) })).toEqual(['CREATED']);
  });

  it.each([
    [
      ['5', '3'],
      ['CREATED', 'UPDATED'],
    ],
    [
      ['3', '5'],
      ['CREATED', 'STALE'],
    ],
  ])('lets the smaller of %j stand when both are of one moment', async (quantities, outcomes) => {
    const observedAt = minutesAgo(2);

    const seen = [];
    for (const quantity of quantities) seen.push(...(await shop.apply([['TEA', quantity]], { observedAt })));

    expect(seen).toEqual(outcomes);
    expect(await stored()).toEqual(['TEA 3']);
  });

  it('does so too when the smaller one had changed nothing', async () => {
    const observedAt = minutesAgo(2);
    await shop.apply([['TEA', '3']], { observedAt: minutesAgo(4) });
    await shop.apply([['TEA', '3']], { observedAt });

    expect(await shop.apply([['TEA', '5']], { observedAt })).toEqual(['STALE']);
  });

  it('refuses a batch from before all memory as stale', async () => {
    const monthsAgo = minutesAgo(31 * 24 * 60);

    expect(
      await shop.apply(
        [
          ['TEA', '5'],
          ['TEA', '5', '77'],
        ],
        { observedAt: monthsAgo },
      ),
    ).toEqual(['STALE', 'REJECTED']);

    expect(await shop.stocks()).toEqual([]);
  });

  it('forgets observations that are too old to order anything by', async () => {
    await shop.apply([['TEA', '5']]);
    await shop.subgraph.ownerQuery("UPDATE inventory.sync_observations SET observed_at = now() - interval '31 days'");

    await shop.apply([['TEA', '6']]);

    expect(await shop.subgraph.ownerQuery('SELECT skus FROM inventory.sync_observations')).toEqual([{ skus: ['TEA'] }]);
  });
});
