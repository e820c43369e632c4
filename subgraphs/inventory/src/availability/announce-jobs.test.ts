import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AnnouncingShop, dairy, full, good, low } from '../testing/announcing-shop.ts';
import { type InventoryHarness, minutesAgo, runId } from '../testing/inventory-harness.ts';
import { announceAvailabilityJob } from './announce-availability.ts';

const many = Array.from({ length: 1_200 }, (_, place) => `M-${String(place).padStart(4, '0')}`);

let announcing: AnnouncingShop;
let shop: InventoryHarness;

beforeAll(async () => {
  announcing = await AnnouncingShop.open();
  shop = announcing.shop;
});
afterEach(() => announcing.empty());
afterAll(() => announcing.close());

describe('a buffer', () => {
  const set = (mutation: string, kind: string, input: object) =>
    shop.ask(`mutation ($i: ${kind}!) { ${mutation}(input: $i) { userErrors { code } } }`, { i: input }, viewers.staff);

  it('changes what can be ordered of every good, page by page, and tells only of what is another', async () => {
    announcing.sell(...many.map((sku) => good(sku)), good('NEVER-COUNTED'));
    await shop.apply(many.slice(0, 1_000).map((sku, place) => [sku, place ? '12' : '2']));
    await shop.apply(many.slice(1_000).map((sku) => [sku, '12']));
    await announcing.changes();
    await announcing.forget();

    await set('setGlobalBuffer', 'SetGlobalBufferInput', { quantity: 6 });

    const told = await announcing.changes();
    expect(told).toHaveLength(1_199);
    expect(told.every(({ before, after }) => before?.availableOnline === 7 && after.availableOnline === 6)).toBe(true);
    await announcing.forget();
    await set('setGlobalBuffer', 'SetGlobalBufferInput', { quantity: 6 });
    expect(await shop.subgraph.ownerQuery('SELECT name FROM jobs.job')).toEqual([]);
  });

  it('of a category or of one good is told of as well', async () => {
    announcing.sell(good('TEA'), good('RICE'));
    await shop.apply([
      ['TEA', '12'],
      ['RICE', '12'],
    ]);
    await announcing.changes();
    await announcing.forget();

    await set('setProductBuffer', 'SetProductBufferInput', { sku: 'TEA', quantity: 0 });
    expect(await announcing.changes()).toEqual([{ sku: 'TEA', before: full(7), after: full(12) }]);

    await set('setCategoryBuffer', 'SetCategoryBufferInput', { categoryId: dairy, quantity: 10 });
    expect((await announcing.changes()).slice(1)).toEqual([{ sku: 'RICE', before: full(7), after: low(2) }]);
  });
});

describe('jobs', () => {
  it('that are done twice announce once', async () => {
    announcing.sell(good('TEA'));
    await shop.apply([['TEA', '12']]);
    await announcing.changes();
    await announcing.forget();

    await shop.subgraph.dataSource.transaction(async (manager) => {
      for (let time = 0; time < 3; time += 1)
        await shop.subgraph.jobs.send(manager, announceAvailabilityJob, { skus: ['TEA'] });
    });

    expect(await announcing.changes()).toEqual([]);
  });

  it('that run beside each other end with the last word, each before following on the after', async () => {
    announcing.sell(good('TEA'));
    await announcing.openSecondWorker();

    await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        shop.apply([['TEA', String(6 + number)]], { observedAt: minutesAgo(30 - number), runId: runId(number) }),
      ),
    );

    const told = await announcing.changes();
    expect(told.at(-1)?.after).toEqual(full(30));
    expect(told.slice(1).map(({ before }) => before)).toEqual(told.slice(0, -1).map(({ after }) => after));
  });
});

describe('the debounce', () => {
  it('gathers changes, and forgets those that were taken back meanwhile', async () => {
    const slow = await AnnouncingShop.open(1);
    slow.sell(good('TEA'), good('RICE'));
    const count = (sku: string, quantity: string, minutes: number) =>
      slow.shop.apply([[sku, quantity]], { observedAt: minutesAgo(minutes) });
    await count('TEA', '12', 9);
    await count('TEA', '11', 8);
    await count('TEA', '10', 7);
    await count('RICE', '10', 7);
    const heard = "SELECT FROM jobs.job WHERE name = 'hear-change'";
    expect(await slow.shop.subgraph.ownerQuery(heard)).toHaveLength(0);

    const first = await slow.changes();
    expect(first.toSorted((one, other) => (one.sku < other.sku ? -1 : 1))).toEqual([
      { sku: 'RICE', before: null, after: low(5) },
      { sku: 'TEA', before: null, after: low(5) },
    ]);
    await count('TEA', '0', 6);
    await count('TEA', '10', 5);

    expect(await slow.changes()).toEqual(first);
    await slow.close();
  });
});
