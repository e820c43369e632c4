import {
  buildASTSchema,
  type DocumentNode,
  GraphQLSchema,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  visit,
} from 'graphql';

const isEntity = (node: DocumentNode['definitions'][number]): node is ObjectTypeDefinitionNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION && (node.directives ?? []).some(({ name }) => name.value === 'key');

const nullable = (document: DocumentNode): DocumentNode =>
  visit(document, {
    FieldDefinition: (field) => ({
      ...field,
      type: visit(field.type, { NonNullType: { leave: ({ type }) => type } }),
    }),
  });

/**
 * The schema that a subgraph executes: its own, and `_entities`. One that lies promises its nulls to nobody: what it
 * sends is null in places where its schema says otherwise, without an error.
 */
export function subgraphSchema(document: DocumentNode, { lies = false } = {}): GraphQLSchema {
  const entities = document.definitions.filter(isEntity).map(({ name }) => name.value);
  const { definitions } = parse(
    entities.length > 0
      ? `scalar _Any
         union _Entity = ${entities.join(' | ')}
         extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`
      : 'scalar _Any',
    { noLocation: true },
  );
  const own = document.definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION);
  const whole: DocumentNode = { kind: Kind.DOCUMENT, definitions: [...own, ...definitions] };
  const schema = buildASTSchema(lies ? nullable(whole) : whole, { assumeValidSDL: true });
  return new GraphQLSchema({ ...schema.toConfig(), assumeValid: true });
}
