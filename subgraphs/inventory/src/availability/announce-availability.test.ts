import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { AnnouncingShop, full, good, low, out } from '../testing/announcing-shop.ts';
import { type InventoryHarness, minutesAgo, runId } from '../testing/inventory-harness.ts';

const many = Array.from({ length: 1_200 }, (_, place) => `M-${String(place).padStart(4, '0')}`);

let announcing: AnnouncingShop;
let shop: InventoryHarness;

beforeAll(async () => {
  announcing = await AnnouncingShop.open();
  shop = announcing.shop;
});
afterEach(() => announcing.empty());
afterAll(() => announcing.close());

describe('AvailabilityChanged', () => {
  it('tells what can be ordered, before and after, once for each change', async () => {
    announcing.sell(good('TEA'), good('RICE'));
    await shop.apply([
      ['TEA', '12'],
      ['RICE', '4'],
    ]);
    expect(await announcing.announced()).toEqual([
      [
        { sku: 'RICE', before: null, after: out },
        { sku: 'TEA', before: null, after: full(7) },
      ],
    ]);

    await shop.apply([
      ['TEA', '8.5'],
      ['RICE', '5'],
    ]);

    expect((await announcing.announced()).slice(1)).toEqual([[{ sku: 'TEA', before: full(7), after: low(3.5) }]]);
  });

  it('is silent about stock that did not change, and about what leaves availability as it was', async () => {
    announcing.sell(good('TEA'), good('RICE'));
    const rows = [['TEA', '12'] as const, ['RICE', '1'] as const];
    await shop.apply(rows, { observedAt: minutesAgo(30) });
    await announcing.changes();
    await announcing.forget();

    await shop.apply(rows, { observedAt: minutesAgo(20) });
    await shop.apply([['RICE', '-3']]);

    expect(await announcing.changes()).toEqual([]);
  });

  it('adds up the warehouses', async () => {
    announcing.sell(good('TEA'));
    const second = await shop.makeWarehouse('002');
    await shop.apply([['TEA', '6']]);
    await announcing.changes();

    await shop.apply([['TEA', '6', second]]);

    expect((await announcing.changes()).at(-1)).toEqual({ sku: 'TEA', before: low(1), after: full(7) });
  });

  it('waits for the catalogue to know the good', async () => {
    await shop.apply([['4600', '9', '1', true]]);
    expect(await announcing.changes()).toEqual([]);

    announcing.sell(good('TEA'));
    await shop.apply([], { appeared: [{ sku: 'TEA', barcode: '4600', formerSku: null }] });

    expect(await announcing.changes()).toEqual([{ sku: 'TEA', before: null, after: low(4) }]);
  });

  it('tells of both names of a good that gets another', async () => {
    announcing.sell(good('4600'));
    await shop.apply([['4600', '9']]);
    await announcing.changes();
    await announcing.forget();

    announcing.drop('4600');
    announcing.sell(good('TEA'));
    await shop.apply([], { appeared: [{ sku: 'TEA', barcode: '4600', formerSku: '4600' }] });

    expect(await announcing.changes()).toEqual([
      { sku: '4600', before: low(4), after: out },
      { sku: 'TEA', before: null, after: low(4) },
    ]);
  });

  it('tells what a snapshot set to zero', async () => {
    announcing.sell(good('TEA'), good('RICE'));
    await shop.apply(
      [
        ['TEA', '12'],
        ['RICE', '12'],
      ],
      { observedAt: minutesAgo(9) },
    );
    await announcing.changes();
    await announcing.forget();
    const run = { source: 'scraper', runId: runId(2), observedAt: minutesAgo(2) };
    await shop.apply([['TEA', '12']], { ...run, mode: 'SNAPSHOT' });

    expect(await shop.snapshot({ ...run, dryRun: false })).toEqual({ total: 2, missing: 1, zeroed: 1 });

    expect(await announcing.changes()).toEqual([{ sku: 'RICE', before: full(7), after: out }]);
  });

  it('tells of a good that the catalogue takes off sale, and puts on sale again', async () => {
    announcing.sell(good('TEA'));
    await shop.apply([['TEA', '12']]);
    await announcing.changes();
    const offerChanged = (sku: string) =>
      shop.subgraph.jobs.publish(
        shop.subgraph.dataSource.manager,
        { type: 'ProductOfferChanged', version: 1, data: z.object({ skus: z.array(z.string()) }) },
        { skus: [sku] },
      );

    announcing.sell(good('TEA', false));
    await offerChanged('TEA');
    expect((await announcing.changes()).at(-1)).toEqual({ sku: 'TEA', before: full(7), after: out });

    announcing.sell(good('TEA', true));
    await offerChanged('TEA');
    expect((await announcing.changes()).at(-1)).toEqual({ sku: 'TEA', before: out, after: full(7) });
  });

  it('is in messages of a thousand goods at most', async () => {
    announcing.sell(...many.map((sku) => good(sku)));
    await shop.apply(many.slice(0, 1_000).map((sku) => [sku, '12']));
    await shop.apply(many.slice(1_000).map((sku) => [sku, '12']));

    const sizes = (await announcing.announced()).map((message) => message.length);

    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_200);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
  });
});
