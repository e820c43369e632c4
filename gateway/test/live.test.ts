import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';
import { LiveClient } from './live-harness.ts';

const watchTea =
  'subscription ($skus: [String!]!) { productsBySku(skus: $skus) { sku availability { status availableOnline } } }';
const tea = (status: string, availableOnline: number) => ({
  data: { productsBySku: [{ sku: 'TEA', availability: { status, availableOnline } }] },
});

describe.each(modes)('live queries, %s', (mode) => {
  let graph: TestGraph;
  beforeAll(async () => {
    process.env.AVAILABILITY_DEBOUNCE_SECONDS = '0';
    // Whatever comes here, comes because somebody told of it.
    graph = await startTestGraph(mode, { LIVE_LOOK_SECONDS: '3600', LIVE_DEBOUNCE_MS: '10' });
    await stock(12);
  });
  afterAll(async () => {
    await graph.stop();
    delete process.env.AVAILABILITY_DEBOUNCE_SECONDS;
  });

  const stock = (stockQuantity: number) =>
    graph.query(
      'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { results { outcome } userErrors { message } } }',
      { input: { source: 'one_c', items: [{ sku: 'TEA', name: 'Чай', stockQuantity }] } },
      graph.tokens.service,
    );

  it.each([false, true])(
    'tell at once what is, and then what becomes of it (single connection: %s)',
    async (single) => {
      await stock(12);
      const client = new LiveClient(graph.url, { singleConnection: single });
      const watching = client.watch(watchTea, { skus: ['TEA'] });

      expect(await watching.next()).toEqual(tea('IN_STOCK', 7));
      await stock(7.5);
      expect(await watching.next()).toEqual(tea('LOW_STOCK', 2.5));
      await stock(0);
      expect(await watching.next()).toEqual(tea('OUT_OF_STOCK', 0));
      client.close();
    },
  );
});
