import {
  type DirectiveDefinitionNode,
  DirectiveLocation,
  type DocumentNode,
  extendSchema,
  type GraphQLSchema,
  Kind,
  type TypeNode,
  visit,
} from 'graphql';

const inOperations: ReadonlySet<string> = new Set([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.SUBSCRIPTION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
]);

/** A public schema with the directives that subgraphs compose (`@composeDirective`) for the operations of clients. */
export interface ComposedDirectives {
  readonly schema: GraphQLSchema;
  /** An operation without them: subgraphs agree on what they may say, and not on what each has to be told. */
  strip(document: DocumentNode): DocumentNode;
}

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

function composed(schema: GraphQLSchema, supergraph: DocumentNode): DirectiveDefinitionNode[] {
  return supergraph.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.DIRECTIVE_DEFINITION || schema.getDirective(definition.name.value)) return [];
    const locations = definition.locations.filter(({ value }) => inOperations.has(value));
    const isPublic = (definition.arguments ?? []).every(({ type }) => schema.getType(nameOf(type)));
    return locations.length > 0 && isPublic ? [{ ...definition, locations }] : [];
  });
}

/** Finds in a supergraph what the schema that Apollo makes of it for clients leaves out. */
export function composedDirectives(schema: GraphQLSchema, supergraph: DocumentNode): ComposedDirectives {
  const definitions = composed(schema, supergraph);
  if (definitions.length === 0) return { schema, strip: (document) => document };
  const names = new Set(definitions.map(({ name }) => name.value));
  return {
    schema: extendSchema(schema, { kind: Kind.DOCUMENT, definitions }, { assumeValidSDL: true }),
    strip: (document) => visit(document, { Directive: ({ name }) => (names.has(name.value) ? null : undefined) }),
  };
}
