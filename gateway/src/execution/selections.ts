import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Fragments } from '../documents/fragments.ts';

/** What decides which selections count: the operation's fragments, and the variables that its directives name. */
export interface Choice {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  readonly isTrue: (variable: string) => boolean;
}

/** The fields of an object as the client called them, each with all the places where it was selected. */
export type Selected = Map<string, FieldNode[]>;

const conditions = new Set(['skip', 'include']);

function isChosen({ directives = [] }: SelectionNode, { isTrue }: Choice): boolean {
  return directives.every(({ name, arguments: [argument] = [] }) => {
    if (!conditions.has(name.value)) return true;
    const { value } = argument ?? {};
    const is = value?.kind === Kind.VARIABLE ? isTrue(value.name.value) : value?.kind === Kind.BOOLEAN && value.value;
    return is === (name.value === 'include');
  });
}

const isSelection = (node: ASTNode): node is SelectionNode =>
  node.kind === Kind.FIELD || node.kind === Kind.INLINE_FRAGMENT || node.kind === Kind.FRAGMENT_SPREAD;

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Selections from which all was taken: something must be asked. Undefined where they may stay. */
export const withSomething = (set: SelectionSetNode): SelectionSetNode | undefined =>
  set.selections.length === 0 ? { ...set, selections: [typename] } : undefined;

/**
 * The document as it stands where conditions are known. An object of which nothing is left to select is still asked for:
 * there may be none, or it may be made by asking.
 */
export const chosen = (document: DocumentNode, choice: Choice): DocumentNode =>
  visit(document, {
    enter(node) {
      if (!isSelection(node) || !node.directives?.some(({ name }) => conditions.has(name.value))) return undefined;
      if (!isChosen(node, choice)) return null;
      return { ...node, directives: node.directives.filter(({ name }) => !conditions.has(name.value)) };
    },
    leave: (node) => (node.kind === Kind.SELECTION_SET ? withSomething(node) : undefined),
  });

type Composite = GraphQLObjectType | GraphQLInterfaceType;

function isFor(type: Composite, condition: string | undefined, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && schema.isSubType(wanted, type);
}

function collect(
  type: Composite,
  { selections }: SelectionSetNode,
  choice: Choice,
  selected: Selected,
  seen: Set<string>,
): void {
  for (const selection of selections) {
    if (!isChosen(selection, choice)) continue;
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      const known = selected.get(name);
      if (known) known.push(selection);
      else selected.set(name, [selection]);
      continue;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      if (seen.has(selection.name.value)) continue;
      seen.add(selection.name.value);
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? choice.fragments.get(selection.name.value) : selection;
    if (!fragment || !isFor(type, fragment.typeCondition?.name.value, choice.schema)) continue;
    collect(type, fragment.selectionSet, choice, selected, seen);
  }
}

/** The fields that are selected of an object of a type, in the order in which the client will find them. */
export function selectedOf(type: Composite, sets: readonly SelectionSetNode[], choice: Choice): Selected {
  const selected: Selected = new Map();
  const seen = new Set<string>();
  for (const set of sets) collect(type, set, choice, selected, seen);
  return selected;
}

/** The variables that decide over selections, in `@skip` and `@include`. */
export function decidingVariables(sets: readonly SelectionSetNode[]): string[] {
  const names = new Set<string>();
  const look = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      for (const { name, arguments: given = [] } of selection.directives ?? []) {
        const value = given[0]?.value;
        if (conditions.has(name.value) && value?.kind === Kind.VARIABLE) {
          names.add(value.name.value);
        }
      }
      if ('selectionSet' in selection && selection.selectionSet) look(selection.selectionSet);
    }
  };
  for (const set of sets) look(set);
  return [...names].sort();
}
