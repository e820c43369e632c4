import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCatalog, type TestCatalog } from './testing/catalog.ts';

let shop: TestCatalog;
let productId: string;
const second = 'https://img.example/second.jpg';

beforeAll(async () => {
  shop = await createTestCatalog();
  const [row] = await shop.apply([{ sku: 'tea', name: 'Чай', imageUrls: ['https://img.example/first.jpg', second] }]);
  productId = row?.productId ?? '';
});
afterAll(() => shop.close());

const set = (mutation: string, input: Record<string, unknown>, viewer: Parameters<TestCatalog['query']>[2]) => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
  return shop.graph.execute(query, { input: { productId, ...input } }, viewer);
};

describe('who may', () => {
  const mutations: [string, Record<string, unknown>][] = [
    ['setProductAvailability', { isAvailable: false }],
    ['setProductTags', { tags: ['x'] }],
    ['setProductImageOrder', { urls: [second] }],
    ['setProductOverrides', { name: 'Другой' }],
  ];
  const refused: [keyof typeof viewers, string][] = [
    ['anonymous', 'UNAUTHENTICATED'],
    ['customer', 'FORBIDDEN'],
    ['service', 'FORBIDDEN'],
  ];

  it.each(
    mutations.flatMap(([mutation, input]) => refused.map(([viewer, code]) => [viewer, mutation, code, input] as const)),
  )('not %s: %s answers %s and moves nothing', async (viewer, mutation, code, input) => {
    const before = await shop.versions();

    const { data, errors } = await set(mutation, input, viewers[viewer]);

    expect([data, errors?.[0]?.extensions?.code]).toEqual([null, code]);
    expect(await shop.versions()).toEqual(before);
  });

  it.each(refused)('not %s: overrides are for staff, the rest of the product is not', async (viewer, code) => {
    const { data, errors } = await shop.graph.execute(
      '{ product(sku: "tea") { name overrides { name } } }',
      {},
      viewers[viewer],
    );

    expect(data).toEqual({ product: { name: 'Чай', overrides: null } });
    expect(errors?.[0]?.extensions?.code).toBe(code);
  });

  const internal: [string, string][] = [
    ['applyProducts', 'mutation { applyProducts(batch: {}) }'],
    ['applyProductSnapshot', 'mutation { applyProductSnapshot(input: {}) }'],
    ['applyCategories', 'mutation { applyCategories(batch: {}) }'],
    ['matchProducts', '{ matchProducts(rows: []) }'],
    ['goodsForBuffers', '{ goodsForBuffers(limit: 1) }'],
    ['goodsForStock', '{ goodsForStock(skus: ["1"]) }'],
    ['productsForOffers', '{ productsForOffers(skus: ["1"]) }'],
  ];
  it.each(internal)('nobody outside the product: %s', async (_operation, query) => {
    const answers = await Promise.all(
      (['anonymous', 'customer', 'staff', 'admin', 'service'] as const).map((viewer) =>
        shop.graph.execute(query, {}, viewers[viewer]),
      ),
    );

    expect(answers.map(({ errors }) => errors?.[0]?.extensions?.code)).toEqual(Array(5).fill('FORBIDDEN'));
  });

  it.each(mutations)('an admin as staff: %s', async (mutation, input) => {
    const { data } = await set(mutation, input, viewers.admin);

    expect(data[mutation].userErrors).toEqual([]);
  });
});
