import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCatalog, type TestCatalog } from './testing/catalog.ts';

let shop: TestCatalog;

beforeAll(async () => {
  shop = await createTestCatalog();
  await shop.apply(
    Array.from({ length: 7 }, (_, n) => ({
      sku: `good-${n}`,
      barcode: `80${n}`,
      name: `Tea ${n}`,
      price: n % 3 === 0 ? null : `${n}.50`,
      currency: 'RUB',
      categoryPath: ['Drinks', n % 2 === 0 ? 'Tea' : 'Coffee'],
    })),
  );
});
afterAll(() => shop.close());

const everything = `id sku name description brand barcode unit tags isAvailable hiddenReason categoryPath createdAt
  price { amount currencyCode } images { url position } nutrition { energyKcal } category { id name path { name } }`;

const operations: [string, string, Record<string, unknown>?][] = [
  ['a page', `{ products(first: 3) { totalCount edges { cursor node { ${everything} } } pageInfo { hasNextPage } } }`],
  [
    'a page of what is chosen',
    'query ($i: Boolean!) { products { nodes { sku name @include(if: $i) } } }',
    { i: false },
  ],
  ['single goods', `{ a: product(sku: "good-1") { ${everything} } b: product(sku: "none") { id } }`],
  ['a field for staff', '{ products(first: 2) { nodes { sku overrides { name price { amount } } } } }'],
  ['a mutation for staff', 'mutation { setProductTags(sku: "good-1", tags: ["hot"]) { product { sku tags } } }'],
  ['a field for the product itself', '{ goodsForStock(skus: ["good-1"]) { sku } }'],
  ['a resolver that refuses', '{ products(after: "made up") { nodes { sku } } categories { name } }'],
  ['arguments that are wrong', '{ product(id: "1", sku: "2") { id } productsBySku(skus: []) { id } }'],
  ['a variable of another type', 'query ($first: Int!) { products(first: $first) { nodes { sku } } }', { first: 'x' }],
  ['a variable that is not there', 'query ($skus: [String!]!) { productsBySku(skus: $skus) { sku } }'],
  [
    'references',
    `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on Product { sku name category { name } overrides { name } } ... on Category { name path { name } } } }`,
    {
      of: [
        { __typename: 'Product', sku: 'good-2' },
        { __typename: 'Product', sku: 'none' },
        { __typename: 'Category', id: 'no id' },
        { __typename: 'Product', id: 7 },
      ],
    },
  ],
  ['introspection', '{ __type(name: "Product") { name fields { name type { name kind ofType { name } } } } }'],
];

describe('an operation of the catalogue', () => {
  // The first run is interpreted by graphql-js, the second compiled: see shared/src/compiled.
  it.each(operations)('answers alike when it comes again: %s', async (...[, query, variables = {}]) => {
    for (const viewer of [viewers.anonymous, viewers.customer, viewers.staff, viewers.internal]) {
      // A text of its own for each viewer, so that each has a first run.
      const text = `${query} # ${viewer.kind} ${'role' in viewer ? viewer.role : ''}`;

      const first = await shop.graph.execute(text, variables, viewer);
      const again = await shop.graph.execute(text, variables, viewer);

      expect(again).toEqual(first);
      expect(JSON.stringify(again.data)).toBe(JSON.stringify(first.data));
    }
  });
});
