import { ApolloGateway } from '@apollo/gateway';
import type { GraphQLSchema } from 'graphql';
import { readSupergraph } from '../src/composition.ts';

/** The schema that clients see, of the supergraph as it is checked in. */
export async function apiSchema(): Promise<GraphQLSchema> {
  const gateway = new ApolloGateway({ supergraphSdl: await readSupergraph() });
  let seen: GraphQLSchema | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema: schema }) => {
    seen = schema;
  });
  await gateway.load();
  await gateway.stop();
  if (!seen) throw new Error('the gateway loaded no schema');
  return seen;
}
