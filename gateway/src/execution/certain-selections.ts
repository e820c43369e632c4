import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

const isConditional = ({ directives = [] }: SelectionNode): boolean =>
  directives.some(({ name }) => name.value === 'skip' || name.value === 'include');

function isCertain({ selections }: SelectionSetNode, fragments: Fragments): boolean {
  return selections.some((selection) => {
    if (isConditional(selection)) return false;
    if (selection.kind === Kind.FIELD) return true;
    const below =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : fragments.get(selection.name.value)?.selectionSet;
    return below !== undefined && isCertain(below, fragments);
  });
}

/**
 * The document with something to ask of every object. Where all that is selected of one hangs on `@skip` or `@include`,
 * Apollo's planner leaves out the field that holds it, though it be a mutation, and Hive's may find no plan.
 */
export const withCertainSelections = (document: DocumentNode, fragments: Fragments): DocumentNode =>
  visit(document, {
    SelectionSet: {
      leave(set, _key, parent) {
        const isOfField = parent && 'kind' in parent && parent.kind === Kind.FIELD;
        if (!isOfField || isCertain(set, fragments)) return undefined;
        return { ...set, selections: [...set.selections, typename] };
      },
    },
  });
