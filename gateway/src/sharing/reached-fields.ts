import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Fragments, fragmentsOf } from '../documents/fragments.ts';

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  readonly walked: Set<string>;
  readonly reached: Set<string>;
}

function walkField(walk: Walk, typeName: string, name: string, below: SelectionSetNode | undefined): void {
  if (name === '__typename') return;
  const { schema, reached } = walk;
  reached.add(`${typeName}.${name}`);
  const type = schema.getType(typeName);
  // Whichever type stands behind an interface answers the field.
  if (isAbstractType(type)) for (const one of schema.getPossibleTypes(type)) reached.add(`${one.name}.${name}`);
  if (!below) return;
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  // Of the schema itself: `reached` names what asks for it.
  if (field) walkSelections(walk, getNamedType(field.type).name, below);
}

function walkSelections(walk: Walk, typeName: string, { selections }: SelectionSetNode): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      walkField(walk, typeName, selection.name.value, selection.selectionSet);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      walkSelections(walk, selection.typeCondition?.name.value ?? typeName, selection.selectionSet);
    } else if (!walk.walked.has(selection.name.value)) {
      walk.walked.add(selection.name.value);
      const fragment = walk.fragments.get(selection.name.value);
      if (!fragment) throw new Error(`validation let through a spread of ${selection.name.value}, which is none`);
      walkSelections(walk, fragment.typeCondition.name.value, fragment.selectionSet);
    }
  }
}

/**
 * All fields that an operation may reach, as `Product.name`, whatever its variables: under aliases, in fragments, behind
 * `@include` and `@skip`. `__typename` is left out.
 */
export function reachedFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlySet<string> {
  const root = schema.getRootType(operation.operation);
  const reached = new Set<string>();
  if (!root || !isCompositeType(root)) return reached;
  const fragments = fragmentsOf(document);
  walkSelections({ schema, fragments, walked: new Set(), reached }, root.name, operation.selectionSet);
  return reached;
}
