import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { author, products, type ReviewRow, reviews, reviewsOfUser, shippingEstimate, users } from './rows.ts';

type Resolvers = Record<string, Record<string, (source: never, args: never) => unknown>>;

const federation = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${imports}])`;

export const subgraphNames = ['accounts', 'inventory', 'products', 'reviews'] as const;
export type FederationSubgraph = (typeof subgraphNames)[number];

/** What each of the four contributes, as Federation 2 writes it. */
export const typeDefs: Readonly<Record<FederationSubgraph, string>> = {
  accounts: `${federation('"@key" "@shareable"')}
    type Query { me: User user(id: ID!): User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
  inventory: `${federation('"@key" "@external" "@requires"')}
    type Product @key(fields: "upc") {
      upc: String!
      weight: Int @external
      price: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }`,
  products: `${federation('"@key"')}
    type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  reviews: `${federation('"@key" "@external" "@provides"')}
    type Review @key(fields: "id") { id: ID! body: String product: Product author: User @provides(fields: "username") }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
};

/** Rows that hold what belongs to them, whole: so the four cost as little as four subgraphs can. */
const writer = { id: author.id, username: author.username, reviews: [] as object[] };
const reviewed = new Map(products.map(({ upc }) => [upc, { upc, reviews: [] as object[] }]));
const written = new Map(
  reviews.map(({ id, body, upc }) => [id, { id, body, product: reviewed.get(upc), author: writer }]),
);
for (const { id, upc } of reviews) reviewed.get(upc)?.reviews.push(written.get(id) as object);
const ofUser = reviewsOfUser.map(({ id }: ReviewRow) => written.get(id) as object);
writer.reviews.push(...ofUser);
const byUpc = new Map(products.map((product) => [product.upc, product]));
const byId = new Map(users.map((user) => [user.id, user]));

interface ShippedProduct {
  readonly upc: string;
  readonly price?: number | null;
  readonly weight?: number | null;
}

const resolvers: Readonly<Record<FederationSubgraph, Resolvers>> = {
  accounts: {
    Query: { me: () => users[0], user: (_: never, { id }: { id: string }) => byId.get(id), users: () => users },
    User: { __resolveReference: ({ id }: { id: string }) => byId.get(id) },
  },
  inventory: {
    Product: {
      __resolveReference: ({ upc, price = null, weight = null }: ShippedProduct) => ({
        upc,
        inStock: byUpc.get(upc)?.inStock,
        shippingEstimate: shippingEstimate(price, weight),
      }),
    },
  },
  products: {
    Query: { topProducts: (_: never, { first }: { first: number | null }) => products.slice(0, first ?? 5) },
    Product: { __resolveReference: ({ upc }: { upc: string }) => byUpc.get(upc) },
  },
  reviews: {
    Review: { __resolveReference: ({ id }: { id: string }) => written.get(id) },
    User: { __resolveReference: ({ id }: { id: string }) => ({ id, reviews: ofUser }) },
    Product: { __resolveReference: ({ upc }: { upc: string }) => reviewed.get(upc) },
  },
};

export const subgraphSchema = (name: FederationSubgraph): GraphQLSchema =>
  buildSubgraphSchema([{ typeDefs: parse(typeDefs[name]), resolvers: resolvers[name] as never }]);
