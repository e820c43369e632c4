import type { SubgraphTransport } from '@gastronom/shared/subgraph';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { buildSchema, graphql } from 'graphql';
import type { StockGood } from '../product/stock-summary.sql.ts';

const schema = buildSchema(`
  scalar JSON
  type Category { id: ID! }
  type Query {
    matchProducts(rows: JSON!): JSON!
    goodsForBuffers(after: String, limit: Int!): JSON!
    goodsForStock(skus: [String!]!): JSON!
    category(id: ID!): Category
  }
`);

/** As much of a catalogue as inventory asks for, over the goods and categories given, as they are when it is asked. */
export function smallCatalog(goods: readonly StockGood[], categories: readonly string[] = []): SubgraphTransport {
  const sorted = () => goods.toSorted((one, other) => (one.sku < other.sku ? -1 : 1));
  const rootValue = {
    matchProducts: ({ rows }: { rows: { sku: string }[] }) =>
      rows.map(({ sku }) => ({ sku, known: goods.some((good) => good.sku === sku), error: null })),
    goodsForBuffers: ({ after, limit }: { after: string | null; limit: number }) =>
      sorted()
        .filter((good) => after == null || good.sku > after)
        .slice(0, limit),
    goodsForStock: ({ skus }: { skus: string[] }) => sorted().filter(({ sku }) => skus.includes(sku)),
    category: ({ id }: { id: string }) => (categories.includes(id) ? { id } : null),
  };
  return fakeSubgraph(({ query, variables }) =>
    graphql({ schema, source: query, rootValue, variableValues: variables }),
  );
}
