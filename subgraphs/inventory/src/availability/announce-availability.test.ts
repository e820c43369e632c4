import { defineJob, implementJob } from '@gastronom/shared/jobs/job';
import { createLogger } from '@gastronom/shared/logger';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { createInventoryContext } from '../context.ts';
import { readInventorySettings } from '../env.ts';
import type { StockGood } from '../product/stock-summary.sql.ts';
import { InventoryHarness, minutesAgo, runId } from '../testing/inventory-harness.ts';
import { smallCatalog } from '../testing/small-catalog.ts';
import { createInventoryWorker } from '../worker.ts';
import type { AvailabilityChange } from './availability-changed.event.ts';

const dairy = '00000000-0000-4000-8000-0000000000d1';

/** What the catalogue says; tests change it under way. */
const goods: StockGood[] = [];
const many = Array.from({ length: 1_200 }, (_, place) => `M-${String(place).padStart(4, '0')}`);

let shop: InventoryHarness;

async function openShop(debounceSeconds: number, works: boolean): Promise<InventoryHarness> {
  const settings = readInventorySettings({ AVAILABILITY_DEBOUNCE_SECONDS: String(debounceSeconds) });
  const opened = await InventoryHarness.open(smallCatalog(goods, [dairy]), settings, { works });
  // Events go nowhere until somebody listens.
  const ear = defineJob({ name: 'hear-change', on: 'AvailabilityChanged', payload: z.unknown() });
  await opened.subgraph.jobs.work([implementJob(ear, async () => undefined)]);
  return opened;
}

let secondConnections: DataSource | undefined;

/** Another process that does the shop's jobs. */
async function openSecondWorker(): Promise<void> {
  const { dataSource, jobs } = shop.subgraph;
  secondConnections = await new DataSource(dataSource.options).initialize();
  const logger = createLogger('second', 'silent');
  const environment = { dataSource: secondConnections, subgraphs: () => smallCatalog(goods, [dairy]), jobs, logger };
  createInventoryContext(environment, readInventorySettings({ AVAILABILITY_DEBOUNCE_SECONDS: '0' }));
  await jobs.work(createInventoryWorker(environment));
}

function sell(...some: StockGood[]): void {
  for (const good of some) {
    const place = goods.findIndex(({ sku }) => sku === good.sku);
    if (place >= 0) goods.splice(place, 1);
    goods.push(good);
  }
}
const good = (sku: string, isAvailable = true): StockGood => ({ sku, isAvailable, categoryPath: [dairy] });

/** Waits until no job is left, and tells what was announced, each message in the order of its goods. */
async function announced(of = shop): Promise<AvailabilityChange[][]> {
  const unfinished = `SELECT FROM jobs.job WHERE state IN ('created', 'retry', 'active')
    AND name IN ('announce-availability', 'announce-all-availability', 'reconsider-offers')`;
  while ((await of.subgraph.ownerQuery(unfinished)).length > 0) await new Promise((resolve) => setTimeout(resolve, 30));
  const rows = await of.subgraph.ownerQuery<{ changes: AvailabilityChange[] }>(
    `SELECT data->'data'->'changes' AS changes FROM jobs.job WHERE name = 'hear-change' ORDER BY created_on`,
  );
  return rows.map(({ changes }) => changes);
}

const changes = async (of = shop) => (await announced(of)).flat();
const forget = (of = shop) => of.subgraph.ownerQuery('DELETE FROM jobs.job');

const out = { status: 'OUT_OF_STOCK', availableOnline: 0 };
const low = (availableOnline: number) => ({ status: 'LOW_STOCK', availableOnline });
const full = (availableOnline: number) => ({ status: 'IN_STOCK', availableOnline });

beforeAll(async () => {
  shop = await openShop(0, true);
});
afterEach(async () => {
  await announced();
  await shop.empty();
  await forget();
  goods.length = 0;
});
afterAll(async () => {
  await secondConnections?.destroy();
  await shop.close();
});

describe('AvailabilityChanged', () => {
  it('tells what can be ordered, before and after, once for each change', async () => {
    sell(good('TEA'), good('RICE'));
    await shop.apply([
      ['TEA', '12'],
      ['RICE', '4'],
    ]);
    expect(await announced()).toEqual([
      [
        { sku: 'RICE', before: null, after: out },
        { sku: 'TEA', before: null, after: full(7) },
      ],
    ]);

    await shop.apply([
      ['TEA', '8.5'],
      ['RICE', '5'],
    ]);

    expect((await announced()).slice(1)).toEqual([[{ sku: 'TEA', before: full(7), after: low(3.5) }]]);
  });

  it('is silent about stock that did not change, and about what leaves availability as it was', async () => {
    sell(good('TEA'), good('RICE'));
    const rows = [['TEA', '12'] as const, ['RICE', '1'] as const];
    await shop.apply(rows, { observedAt: minutesAgo(30) });
    await changes();
    await forget();

    await shop.apply(rows, { observedAt: minutesAgo(20) });
    await shop.apply([['RICE', '-3']]);

    expect(await changes()).toEqual([]);
  });

  it('adds up the warehouses', async () => {
    sell(good('TEA'));
    const second = await shop.makeWarehouse('002');
    await shop.apply([['TEA', '6']]);
    await changes();

    await shop.apply([['TEA', '6', second]]);

    expect((await changes()).at(-1)).toEqual({ sku: 'TEA', before: low(1), after: full(7) });
  });

  it('waits for the catalogue to know the good', async () => {
    await shop.apply([['4600', '9', '1', true]]);
    expect(await changes()).toEqual([]);

    sell(good('TEA'));
    await shop.apply([], { appeared: [{ sku: 'TEA', barcode: '4600', formerSku: null }] });

    expect(await changes()).toEqual([{ sku: 'TEA', before: null, after: low(4) }]);
  });

  it('tells of both names of a good that gets another', async () => {
    sell(good('4600'));
    await shop.apply([['4600', '9']]);
    await changes();
    await forget();

    goods.length = 0;
    sell(good('TEA'));
    await shop.apply([], { appeared: [{ sku: 'TEA', barcode: '4600', formerSku: '4600' }] });

    expect(await changes()).toEqual([
      { sku: '4600', before: low(4), after: out },
      { sku: 'TEA', before: null, after: low(4) },
    ]);
  });

  it('tells what a snapshot set to zero', async () => {
    sell(good('TEA'), good('RICE'));
    await shop.apply(
      [
        ['TEA', '12'],
        ['RICE', '12'],
      ],
      { observedAt: minutesAgo(9) },
    );
    await changes();
    await forget();
    const run = { source: 'scraper', runId: runId(2), observedAt: minutesAgo(2) };
    await shop.apply([['TEA', '12']], { ...run, mode: 'SNAPSHOT' });

    expect(await shop.snapshot({ ...run, dryRun: false })).toEqual({ total: 2, missing: 1, zeroed: 1 });

    expect(await changes()).toEqual([{ sku: 'RICE', before: full(7), after: out }]);
  });

  it('tells of a good that the catalogue takes off sale, and puts on sale again', async () => {
    sell(good('TEA'));
    await shop.apply([['TEA', '12']]);
    await changes();
    const offerChanged = (sku: string) =>
      shop.subgraph.jobs.publish(
        shop.subgraph.dataSource.manager,
        { type: 'ProductOfferChanged', version: 1, data: z.object({ skus: z.array(z.string()) }) },
        { skus: [sku] },
      );

    sell(good('TEA', false));
    await offerChanged('TEA');
    expect((await changes()).at(-1)).toEqual({ sku: 'TEA', before: full(7), after: out });

    sell(good('TEA', true));
    await offerChanged('TEA');
    expect((await changes()).at(-1)).toEqual({ sku: 'TEA', before: out, after: full(7) });
  });

  it('is in messages of a thousand goods at most', async () => {
    sell(...many.map((sku) => good(sku)));
    await shop.apply(many.slice(0, 1_000).map((sku) => [sku, '12']));
    await shop.apply(many.slice(1_000).map((sku) => [sku, '12']));

    const sizes = (await announced()).map((message) => message.length);

    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_200);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
  });
});

describe('a buffer', () => {
  const set = (mutation: string, kind: string, input: object) =>
    shop.ask(`mutation ($i: ${kind}!) { ${mutation}(input: $i) { userErrors { code } } }`, { i: input }, viewers.staff);

  it('changes what can be ordered of every good, page by page, and tells only of what is another', async () => {
    sell(...many.map((sku) => good(sku)), good('NEVER-COUNTED'));
    await shop.apply(many.slice(0, 1_000).map((sku, place) => [sku, place ? '12' : '2']));
    await shop.apply(many.slice(1_000).map((sku) => [sku, '12']));
    await changes();
    await forget();

    await set('setGlobalBuffer', 'SetGlobalBufferInput', { quantity: 6 });

    const told = await changes();
    expect(told).toHaveLength(1_199);
    expect(told.every(({ before, after }) => before?.availableOnline === 7 && after.availableOnline === 6)).toBe(true);
    await forget();
    await set('setGlobalBuffer', 'SetGlobalBufferInput', { quantity: 6 });
    expect(await shop.subgraph.ownerQuery('SELECT name FROM jobs.job')).toEqual([]);
  });

  it('of a category or of one good is told of as well', async () => {
    sell(good('TEA'), good('RICE'));
    await shop.apply([
      ['TEA', '12'],
      ['RICE', '12'],
    ]);
    await changes();
    await forget();

    await set('setProductBuffer', 'SetProductBufferInput', { sku: 'TEA', quantity: 0 });
    expect(await changes()).toEqual([{ sku: 'TEA', before: full(7), after: full(12) }]);

    await set('setCategoryBuffer', 'SetCategoryBufferInput', { categoryId: dairy, quantity: 10 });
    expect((await changes()).slice(1)).toEqual([{ sku: 'RICE', before: full(7), after: low(2) }]);
  });
});

describe('jobs', () => {
  it('that are done twice announce once', async () => {
    sell(good('TEA'));
    await shop.apply([['TEA', '12']]);
    await changes();
    await forget();

    await shop.subgraph.dataSource.transaction(async (manager) => {
      const definition = defineJob({ name: 'announce-availability', payload: z.object({ skus: z.array(z.string()) }) });
      for (let time = 0; time < 3; time += 1) await shop.subgraph.jobs.send(manager, definition, { skus: ['TEA'] });
    });

    expect(await changes()).toEqual([]);
  });

  it('that run beside each other end with the last word, each before following on the after', async () => {
    sell(good('TEA'));
    await openSecondWorker();

    await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        shop.apply([['TEA', String(6 + number)]], { observedAt: minutesAgo(30 - number), runId: runId(number) }),
      ),
    );

    const told = await changes();
    expect(told.at(-1)?.after).toEqual(full(30));
    expect(told.slice(1).map(({ before }) => before)).toEqual(told.slice(0, -1).map(({ after }) => after));
  });
});

describe('the debounce', () => {
  it('gathers changes, and forgets those that were taken back meanwhile', async () => {
    sell(good('TEA'), good('RICE'));
    const slow = await openShop(1, true);
    await slow.apply([['TEA', '12']], { observedAt: minutesAgo(9) });
    await slow.apply([['TEA', '11']], { observedAt: minutesAgo(8) });
    await slow.apply([['TEA', '10']], { observedAt: minutesAgo(7) });
    await slow.apply([['RICE', '10']], { observedAt: minutesAgo(7) });
    expect(await slow.subgraph.ownerQuery("SELECT FROM jobs.job WHERE name = 'hear-change'")).toHaveLength(0);

    const first = await changes(slow);
    expect(first).toEqual([
      { sku: 'RICE', before: null, after: low(5) },
      { sku: 'TEA', before: null, after: low(5) },
    ]);
    await slow.apply([['TEA', '0']], { observedAt: minutesAgo(6) });
    await slow.apply([['TEA', '10']], { observedAt: minutesAgo(5) });

    expect(await changes(slow)).toEqual(first);
    await slow.close();
  });
});
