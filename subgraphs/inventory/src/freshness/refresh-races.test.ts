import { createLogger } from '@gastronom/shared/logger';
import type { SubgraphTransport } from '@gastronom/shared/subgraph';
import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { RefreshHarness } from '../testing/refresh-harness.ts';

let harness: RefreshHarness;
let one: SubgraphTransport;
let other: SubgraphTransport;

beforeAll(async () => {
  harness = await RefreshHarness.open();
  one = harness.shop.subgraph.transport;
  other = await harness.openAnother();
});
afterEach(() => harness.empty());
afterAll(() => harness.close());

const skus = Array.from({ length: 20 }, (_, place) => `GOOD-${place}`);

/** A page of goods in one of the processes. */
async function page(transport: SubgraphTransport): Promise<boolean[]> {
  const query = `query ($goods: [_Any!]!) {
    _entities(representations: $goods) { ... on Product { availability { isStale } } }
  }`;
  const goods = skus.map((sku) => ({ __typename: 'Product', sku, isAvailable: true, categoryPath: [] }));
  const request = { viewer: viewers.anonymous, requestId: 'test', logger: createLogger('test', 'silent') };
  const result = await transport.execute({ query, variables: { goods } }, request);
  const { _entities: read } = result.data as { _entities: { availability: { isStale: boolean } }[] };
  return read.map(({ availability }) => availability.isStale);
}

const crowd = () => Promise.all(Array.from({ length: 500 }, (_, reader) => page(reader % 2 ? one : other)));

it('asks 1C once for 500 readers of a stale catalogue at two processes, and tells each that it is stale', async () => {
  await harness.shop.apply(
    skus.map((sku) => [sku, '10']),
    { observedAt: harness.ago(16) },
  );

  const pages = await crowd();
  await harness.read('GOOD-1');

  expect(new Set(pages.flat())).toEqual(new Set([true]));
  expect(await harness.asked()).toEqual(['1']);
});

it('asks once again when the first request has failed and its back-off is over', async () => {
  await crowd();
  await harness.read('GOOD-1');
  await harness.report('FAILED');
  await crowd();
  harness.pass(2.1);

  await crowd();
  await harness.read('GOOD-1');

  expect(await harness.asked()).toEqual(['1', '1']);
});

it('loses no failure that two processes report at once', async () => {
  const others = [await harness.shop.makeWarehouse('002'), await harness.shop.makeWarehouse('003')];
  await harness.read('GHOST');

  const [first] = await harness.requests();
  const reports = ['1', ...others].map((warehouseId) => ({ warehouseId, requestedAt: first?.requestedAt }));

  await Promise.all(reports.map((report) => harness.report('FAILED', report)));

  const [breaker] = await harness.shop.subgraph.ownerQuery('SELECT failures FROM inventory.refresh_breaker');
  expect(breaker).toEqual({ failures: 3 });
});
