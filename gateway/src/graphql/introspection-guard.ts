import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, visit } from 'graphql';
import type { GatewayContext } from './context.ts';

function asksForSchema(document: DocumentNode): boolean {
  let asks = false;
  visit(document, {
    Field: ({ name }) => {
      asks ||= name.value === '__schema' || name.value === '__type';
    },
  });
  return asks;
}

/** In production the schema is shown to admins only. */
export const introspectionGuard: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, contextValue: { viewer } }) {
        if ((viewer.kind === 'user' && viewer.role === 'ADMIN') || !asksForSchema(document)) return;
        throw new GraphQLError('Introspection is for admins.', { extensions: { code: 'FORBIDDEN' } });
      },
    };
  },
};
