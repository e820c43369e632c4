import type { ApolloServerPlugin } from '@apollo/server';
import type { Viewer } from '@gastronom/shared/viewer';
import { BREAK, type DocumentNode, GraphQLError, visit } from 'graphql';
import type { GatewayContext } from './context.ts';

const introspecting = new WeakMap<DocumentNode, boolean>();

/** Whether a document asks for the schema anywhere, under whatever alias, in whatever fragment. Found out once for each. */
export function asksForSchema(document: DocumentNode): boolean {
  const known = introspecting.get(document);
  if (known !== undefined) return known;
  let asks = false;
  visit(document, {
    Field: ({ name }) => {
      asks = name.value === '__schema' || name.value === '__type';
      return asks ? BREAK : undefined;
    },
  });
  introspecting.set(document, asks);
  return asks;
}

/** In production the schema, and what errors would tell of it, is shown to admins only. */
export const seesSchema = (viewer: Viewer): boolean => viewer.kind === 'user' && viewer.role === 'ADMIN';

/** Refuses to show the schema to anyone but admins. */
export const introspectionGuard: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, contextValue: { viewer } }) {
        if (seesSchema(viewer) || !asksForSchema(document)) return;
        throw new GraphQLError('Introspection is for admins.', { extensions: { code: 'FORBIDDEN' } });
      },
    };
  },
};
