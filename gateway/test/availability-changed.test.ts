import { subgraphUrl } from '@gastronom/shared/database/subgraph-database';
import { defineJob, implementJob } from '@gastronom/shared/jobs/job';
import { Jobs, jobsName } from '@gastronom/shared/jobs/job-queue';
import { createLogger } from '@gastronom/shared/logger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { modes, startTestGraph, type TestGraph } from './harness.ts';

const sync =
  'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { results { outcome } userErrors { message } } }';

/** A subscriber outside of the product’s own subgraphs. */
const ear = defineJob({
  name: 'hear-availability',
  on: 'AvailabilityChanged',
  payload: z.object({ version: z.literal(1), data: z.object({ changes: z.array(z.unknown()) }) }),
});

describe.each(modes)('AvailabilityChanged, %s', (mode) => {
  let graph: TestGraph;
  let jobs: Jobs;
  let heard: unknown[] = [];

  beforeAll(async () => {
    process.env.AVAILABILITY_DEBOUNCE_SECONDS = '0';
    graph = await startTestGraph(mode);
    const url = subgraphUrl(graph.database.ownerUrl, graph.database.secret, jobsName);
    jobs = await Jobs.start({ url, logger: createLogger('ear', 'silent'), works: true });
    await jobs.work([implementJob(ear, async ({ payload }) => void heard.push(...payload.data.changes))]);
  });
  afterAll(async () => {
    await jobs.stop();
    await graph.stop();
    delete process.env.AVAILABILITY_DEBOUNCE_SECONDS;
  });

  /** What was told since the last call; waits until something was. */
  async function told(): Promise<unknown[]> {
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const changes = heard;
    heard = [];
    return changes;
  }

  it('follows a good from its first count through what the shop and 1C say of it', async () => {
    const asStaff = async (query: string, variables: object) =>
      (await graph.query(query, { ...variables }, graph.tokens.staff)).data;
    const out = { status: 'OUT_OF_STOCK', availableOnline: 0 };
    const inStock = { status: 'IN_STOCK', availableOnline: 7 };
    const low = { status: 'LOW_STOCK', availableOnline: 2.5 };
    const syncTea = (item: object) =>
      graph.query(
        sync,
        { input: { source: 'one_c', items: [{ sku: 'TEA', name: 'Чай', ...item }] } },
        graph.tokens.service,
      );

    await syncTea({ stockQuantity: 12 });
    expect(await told()).toEqual([{ sku: 'TEA', before: null, after: inStock }]);

    const { product } = await asStaff('{ product(sku: "TEA") { id } }', {});
    const switchTo = (isAvailable: boolean) =>
      asStaff(
        'mutation ($i: SetProductAvailabilityInput!) { setProductAvailability(input: $i) { userErrors { code } } }',
        { i: { productId: product.id, isAvailable } },
      );
    await switchTo(false);
    expect(await told()).toEqual([{ sku: 'TEA', before: inStock, after: out }]);
    await switchTo(true);
    expect(await told()).toEqual([{ sku: 'TEA', before: out, after: inStock }]);

    await syncTea({ stockQuantity: 7.5 });
    expect(await told()).toEqual([{ sku: 'TEA', before: inStock, after: low }]);

    await asStaff('mutation { setGlobalBuffer(input: { quantity: 10 }) { userErrors { code } } }', {});
    expect(await told()).toEqual([{ sku: 'TEA', before: low, after: out }]);
  });
});
