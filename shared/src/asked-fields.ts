import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

type Fragments = GraphQLResolveInfo['fragments'];
type FieldsByName = Map<string, FieldNode[]>;

function collect(selections: SelectionSetNode | undefined, fragments: Fragments, into: FieldsByName): FieldsByName {
  for (const selection of selections?.selections ?? []) {
    if (selection.kind === Kind.FIELD) {
      const { value } = selection.name;
      into.set(value, [...(into.get(value) ?? []), selection]);
    } else {
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
      collect(inner?.selectionSet, fragments, into);
    }
  }
  return into;
}

function below(fields: readonly FieldNode[], fragments: Fragments): FieldsByName {
  const found: FieldsByName = new Map();
  for (const { selectionSet } of fields) collect(selectionSet, fragments, found);
  return found;
}

/**
 * Names of the fields that are asked for at the end of the paths below a field: what a read of its rows has to fill.
 * Those that `@skip` or `@include` may leave out count, so that the answer is the same whatever the variables are.
 */
export function askedFields(
  { fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>,
  ...paths: readonly (readonly string[])[]
): ReadonlySet<string> {
  const ends = paths.flatMap((path) => {
    let fields: readonly FieldNode[] = fieldNodes;
    for (const step of path) fields = below(fields, fragments).get(step) ?? [];
    return fields;
  });
  return new Set(below(ends, fragments).keys());
}
