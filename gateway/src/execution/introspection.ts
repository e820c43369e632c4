import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  separateOperations,
  visit,
} from 'graphql';
import { type Fragments, fragmentsOf } from '../documents/fragments.ts';
import type { Variables } from './run-plan.ts';
import { selectedOf, withSomething } from './selections.ts';

export const isIntrospection = ({ name }: FieldNode): boolean => name.value === '__schema' || name.value === '__type';

/** The document as subgraphs could answer it: what is asked of the schema is answered by the gateway. */
export const withoutIntrospection = (document: DocumentNode): DocumentNode =>
  visit(document, {
    Field: (node) => (isIntrospection(node) ? null : undefined),
    SelectionSet: { leave: withSomething },
  });

/**
 * A mutation with its fields as they are to run, one after the other: Apollo's planner brings those in fragments, or beside
 * `__typename`, in another order.
 */
export function withPlainRoot(document: DocumentNode, operation: OperationDefinitionNode, schema: GraphQLSchema) {
  const type = schema.getMutationType();
  if (!type) throw new Error('the schema has no mutation');
  const choice = { schema, fragments: fragmentsOf(document), isTrue: () => false };
  const all = [...selectedOf(type, [operation.selectionSet], choice).values()].flat();
  const selections = all.filter(({ name }) => name.value !== '__typename');
  const plain = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
  const definitions = document.definitions.map((one) => (one === operation ? plain : one));
  return separateOperations({ ...document, definitions })[operation.name?.value ?? ''] ?? document;
}

/** Whether an operation asks subgraphs for anything. */
export function asksSubgraphs(set: SelectionSetNode, fragments: Fragments): boolean {
  return set.selections.some((selection) => {
    if (selection.kind === Kind.FIELD) return !selection.name.value.startsWith('__');
    const below =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : fragments.get(selection.name.value)?.selectionSet;
    return below !== undefined && asksSubgraphs(below, fragments);
  });
}

/** Answers what an operation asks of the schema, by the names that it gave: the JSON text of each. */
export function introspect(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fields: readonly FieldNode[],
  fragments: Fragments,
  variableValues: Variables,
): ReadonlyMap<string, string> {
  const selections = fields.filter(isIntrospection);
  if (selections.length === 0) return new Map();
  const asked = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [asked, ...fragments.values()] };
  const { data, errors } = executeSync({ schema, document, variableValues });
  if (errors?.[0]) throw errors[0];
  return new Map(Object.entries(data ?? {}).map(([name, value]) => [name, JSON.stringify(value)]));
}
