import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  type DocumentNode,
  getIntrospectionQuery,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { Variables } from './cost-expression.ts';
import { compileCost } from './operation-cost.ts';

const schema = buildSchema(`
  type Query {
    product(sku: String): Product
    products(first: Int, filter: ProductFilter): ProductConnection!
    searchSuggestions(text: String!, first: Int): [Suggestion!]!
    categories: [Category!]!
    node: Node
  }
  type Mutation {
    syncProducts(input: SyncInput!): SyncPayload!
    addFavourite(sku: String!): Product
  }
  input ProductFilter { text: String, brand: String }
  input SyncInput { source: String, items: [Item!]! }
  input Item { sku: String }
  interface Node { id: ID! }
  type Product implements Node { id: ID!, name: String!, price: Money, category: Category, images: [Image!]!, likes(first: Int): ProductConnection! }
  type Money { amount: String! }
  type Image { url: String! }
  type Category { name: String!, children: [Category!]! }
  type Suggestion { text: String! }
  type ProductConnection { nodes: [Product!]!, edges: [ProductEdge!]!, pageInfo: PageInfo!, totalCount: Int! }
  type ProductEdge { cursor: String!, node: Product! }
  type PageInfo { hasNextPage: Boolean! }
  type SyncPayload { results: [SyncResult!]!, userErrors: [UserError!]! }
  type SyncResult { index: Int!, errors: [UserError!]! }
  type UserError { message: String! }
`);

const operationOf = (document: DocumentNode) =>
  document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;

function costOf(query: string, variables: Variables = {}): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return compileCost(schema, document, operationOf(document))(variables);
}

describe('the cost of an operation', () => {
  it.each([
    ['scalars are free, an object is 1', '{ product { id name price { amount } } }', 2],
    [
      'a page multiplies its rows, not what stands beside them',
      '{ products(first: 7) { nodes { id } pageInfo { hasNextPage } } }',
      9,
    ],
    ['rows and edges add up', '{ products(first: 2) { nodes { id } edges { node { id } } } }', 7],
    ['20 rows where nobody says how many', '{ products { nodes { id } } }', 21],
    ['as many where nothing is no number', '{ products(first: null) { nodes { id } } }', 21],
    ['never more rows than a page gives', '{ products(first: 1000000) { nodes { id } } }', 101],
    ['never less than none', '{ products(first: -5) { nodes { id } } }', 1],
    [
      'lists in lists multiply',
      '{ products(first: 10) { nodes { likes(first: 10) { nodes { price { amount } } } } } }',
      221,
    ],
    ['a list without pages is five', '{ product { images { url } } }', 6],
    ['the roots of the tree are twenty', '{ categories { children { name } } }', 120],
    ['a list that takes `first` without pages', '{ searchSuggestions(text: "tea", first: 3) { text } }', 23],
    ['words cost a search', '{ products(first: 1, filter: { text: "tea" }) { nodes { id } } }', 22],
    ['a filter without words does not', '{ products(first: 1, filter: { brand: "tea" }) { nodes { id } } }', 2],
    ['counting costs', '{ products(first: 0) { totalCount } }', 11],
    ['aliases count each', '{ a: product { id } b: product { id } c: product { id } }', 3],
    [
      'fragments count where they are spread',
      '{ ...F ...F product { ...P } } fragment F on Query { product { ...P } } fragment P on Product { price { amount } }',
      6,
    ],
    [
      'a fragment takes the page that it stands in',
      '{ products(first: 3) { ...C } } fragment C on ProductConnection { nodes { id } }',
      4,
    ],
    ['fragments of one type beside another', '{ node { ... on Product { price { amount } } ... on Node { id } } }', 2],
    ['a write costs more', 'mutation { addFavourite(sku: "7") { id } }', 11],
    [
      'what the document itself skips is free',
      '{ product { price @skip(if: true) { amount } category @include(if: false) { name } } }',
      1,
    ],
  ])('%s', (_rule, query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it('takes the page from a variable, its default or none', () => {
    const query = 'query ($first: Int = 5) { products(first: $first) { nodes { id } } }';

    expect([costOf(query, { first: 40 }), costOf(query), costOf(query, { first: null })]).toEqual([41, 6, 21]);
    expect(costOf(query, { first: 'many' })).toBe(101);
    expect(
      costOf('query ($first: Int) { ...F ...F } fragment F on Query { products(first: $first) { nodes { id } } }', {
        first: 9,
      }),
    ).toBe(20);
  });

  it('asks variables what is skipped, and takes the worse where they do not say', () => {
    const query =
      'query ($no: Boolean!, $yes: Boolean = true) { product { price @skip(if: $no) { amount } images @include(if: $yes) { url } } }';

    expect([
      costOf(query, { no: false }),
      costOf(query, { no: true }),
      costOf(query, { no: true, yes: false }),
    ]).toEqual([7, 6, 1]);
    expect(costOf(query)).toBe(7);
  });

  it('counts the rows that a sync brings, wherever they are written', () => {
    const items = Array.from({ length: 1_000 }, (_, index) => ({ sku: String(index) }));
    const payload = '{ results { index errors { message } } userErrors { message } }';

    const whole = costOf(`mutation ($input: SyncInput!) { syncProducts(input: $input) ${payload} }`, {
      input: { items },
    });
    const inner = costOf(`mutation ($items: [Item!]!) { syncProducts(input: { items: $items }) ${payload} }`, {
      items,
    });
    const literal = costOf(`mutation { syncProducts(input: { items: [{ sku: "1" }, { sku: "2" }] }) ${payload} }`);

    expect([whole, inner]).toEqual([122, 122]);
    expect(literal).toBeCloseTo(22.2);
  });

  it('asks variables for words to search for', () => {
    const query = 'query ($filter: ProductFilter) { products(first: 1, filter: $filter) { nodes { id } } }';

    expect([
      costOf(query, { filter: { text: 'tea' } }),
      costOf(query, { filter: { text: '' } }),
      costOf(query),
    ]).toEqual([22, 2, 2]);
  });

  it('lets tools ask for the schema, whose parts count a hundredth', () => {
    expect(costOf('{ __schema { directives { name args { name } } } }')).toBeCloseTo(0.01 * (1 + 5 * (1 + 5)));
    expect(costOf(getIntrospectionQuery())).toBeLessThan(500);
  });

  it('is worked out at once for fragments that spread each other ten times, thirty deep', () => {
    const spreads = Array.from(
      { length: 29 },
      (_, index) => `fragment F${index} on Query { ${`...F${index + 1} `.repeat(10)} }`,
    );
    const bomb = `query ($first: Int) { ...F0 } ${spreads.join(' ')} fragment F29 on Query { products(first: $first) { nodes { id } } }`;
    const document = parse(bomb);

    expect(compileCost(schema, document, operationOf(document))({ first: 5 })).toBeCloseTo(6e29, -15);
  });

  it('is free for names that objects inherit', () => {
    expect(costOf('query ($toString: Int) { products(first: $toString) { nodes { id } } }')).toBe(21);
  });
});
