import { composeServices } from '@apollo/composition';
import { buildSchema, type ExecutionResult, graphql, parse } from 'graphql';
import { author, products, reviews, reviewsOfUser, shippingEstimate, users } from './rows.ts';
import { type FederationSubgraph, subgraphNames, typeDefs } from './subgraphs.ts';

/** The four composed, each at its address. */
export function supergraphOf(urls: Readonly<Record<FederationSubgraph, string>>): string {
  const services = subgraphNames.map((name) => ({ name, url: urls[name], typeDefs: parse(typeDefs[name]) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

const wholeSchema = buildSchema(`
  type Query { me: User user(id: ID!): User users: [User] topProducts(first: Int = 5): [Product] }
  type User { id: ID! name: String username: String birthday: Int reviews: [Review] }
  type Review { id: ID! body: String product: Product author: User }
  type Product {
    upc: String! name: String price: Int weight: Int inStock: Boolean shippingEstimate: Int reviews: [Review]
  }`);

const wholeUser = (user: (typeof users)[number]) => ({ ...user, reviews: () => reviewsOfUser.map(wholeReview) });
const wholeProduct = (product: (typeof products)[number]) => ({
  ...product,
  shippingEstimate: shippingEstimate(product.price, product.weight),
  reviews: () => reviews.filter(({ upc }) => upc === product.upc).map(wholeReview),
});
const wholeReview = ({ id, body, upc }: (typeof reviews)[number]): object => ({
  id,
  body,
  product: () => products.filter((product) => product.upc === upc).map(wholeProduct)[0],
  author: () => wholeUser(author),
});
const root = {
  users: () => users.map(wholeUser),
  topProducts: ({ first }: { first: number }) => products.slice(0, first).map(wholeProduct),
};

/** What the graph says where no gateway stands between: every contestant has to say the same. */
export const expectedAnswer = (query: string): Promise<ExecutionResult> =>
  graphql({ schema: wholeSchema, source: query, rootValue: root });
