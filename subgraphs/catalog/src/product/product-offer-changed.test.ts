import { defineJob, implementJob } from '@gastronom/shared/jobs/job';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createTestCatalog, minutesAgo, someRun, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;
let productId: string;

beforeAll(async () => {
  shop = await createTestCatalog();
  // Events go nowhere until somebody listens.
  const ear = defineJob({ name: 'hear-offer', on: 'ProductOfferChanged', payload: z.unknown() });
  await shop.graph.jobs.work([implementJob(ear, async () => undefined)]);
});
beforeEach(async () => {
  await shop.graph.ownerQuery('TRUNCATE catalog.products, catalog.categories, catalog.sync_observations CASCADE');
  const [tea] = await shop.apply(
    [
      { sku: 'TEA', barcode: '4600', name: 'Чай', price: '100', categoryPath: ['Бакалея', 'Чай'] },
      { sku: 'RICE', name: 'Рис', categoryPath: ['Бакалея'] },
    ],
    { observedAt: minutesAgo(9) },
  );
  productId = tea?.productId ?? '';
});
afterAll(() => shop.close());

/** The goods of each event since the last call. */
async function heard(): Promise<string[][]> {
  const rows = await shop.graph.ownerQuery<{ skus: string[] }>(
    `WITH gone AS (DELETE FROM jobs.job WHERE name = 'hear-offer' RETURNING data, created_on)
     SELECT data->'data'->'skus' AS skus FROM gone ORDER BY created_on`,
  );
  return rows.map(({ skus }) => skus.toSorted());
}

const switchTo = (isAvailable: boolean) =>
  shop.graph.execute(
    'mutation ($input: SetProductAvailabilityInput!) { setProductAvailability(input: $input) { userErrors { code } } }',
    { input: { productId, isAvailable } },
    viewers.staff,
  );

describe('ProductOfferChanged', () => {
  it('tells of goods that staff switch off and on, not of those that are so already', async () => {
    await switchTo(false);
    await switchTo(false);
    await switchTo(true);
    await switchTo(true);

    expect(await heard()).toEqual([['TEA'], ['TEA']]);
  });

  it('tells of goods that 1C removes, brings back, moves to another category or renames', async () => {
    await shop.apply([{ sku: 'TEA', removed: true }], { observedAt: minutesAgo(8) });
    await shop.apply([{ sku: 'TEA', name: 'Чай' }], { observedAt: minutesAgo(7) });
    await shop.apply(
      [
        { sku: 'TEA', name: 'Чай', categoryPath: ['Напитки'] },
        { sku: 'RICE', name: 'Рис' },
      ],
      { observedAt: minutesAgo(6) },
    );

    expect(await heard()).toEqual([['TEA'], ['TEA'], ['TEA']]);
  });

  it('is silent about new goods and about all else that 1C says', async () => {
    await shop.apply(
      [
        { sku: 'TEA', name: 'Чай чёрный', price: '120', categoryPath: ['Бакалея', 'Чай'] },
        { sku: 'SALT', name: 'Соль' },
      ],
      { observedAt: minutesAgo(8) },
    );

    expect(await heard()).toEqual([]);
  });

  it('tells of the goods of a category that is moved', async () => {
    const rows = (path: string[]) => [{ index: 0, path, externalId: 'c-1' }];
    const mutation = 'mutation ($batch: JSON!) { applyCategories(batch: $batch) }';
    const apply = (path: string[]) => {
      const batch = { source: 'shop', runId: someRun, observedAt: minutesAgo(5), actor: 'key:test', rows: rows(path) };
      return shop.query(mutation, { batch }, viewers.internal);
    };
    await apply(['Бакалея', 'Чай']);
    expect(await heard()).toEqual([]);

    await apply(['Напитки']);

    expect(await heard()).toEqual([['TEA']]);
  });

  it('tells of goods that a snapshot hides', async () => {
    const runId = '018f0000-0000-7000-8000-000000000002';
    await shop.apply([{ sku: 'TEA', name: 'Чай' }], { runId, observedAt: minutesAgo(3) });
    const input = { runId, source: 'shop', observedAt: minutesAgo(3), actor: 'key:test', dryRun: false };

    const counts = await shop.query(
      'mutation ($input: JSON!) { applyProductSnapshot(input: $input) }',
      { input },
      viewers.internal,
    );

    expect(counts.applyProductSnapshot).toEqual({ total: 2, missing: 1, hidden: 1 });
    expect(await heard()).toEqual([['RICE']]);
  });
});
