import {
  BREAK,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { type Fragments, fragmentsOf } from '../documents/fragments.ts';
import type { KnownTypes } from './known-types.ts';
import { type Fetch, fetchesOf, type Path, type Plan, type PlanNode } from './plan.ts';
import { operationOf } from './prepared-operation.ts';

/** The selections of a fetch at one place of the answer, open for more. */
interface Site {
  readonly fetch: Fetch;
  /** As the subgraph knows it. */
  readonly type: string;
  readonly selections: SelectionNode[];
}

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;
const pathKey = (path: Path): string =>
  path.map((step) => (step !== 'each' && 'field' in step ? `.${step.field}` : '')).join('');

function replaced(node: PlanNode, by: ReadonlyMap<Fetch, Fetch>): PlanNode {
  if (node.kind === 'fetch') return by.get(node) ?? node;
  return { ...node, nodes: node.nodes.map((child) => replaced(child, by)) };
}

/** The operation that a fetch sends, with its fragments in their places. */
function sentBy({ operation }: Fetch): OperationDefinitionNode {
  const document = parse(operation, { noLocation: true });
  const fragments = fragmentsOf(document);
  const inlined = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection): SelectionNode => {
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : undefined;
      if (fragment) {
        const { typeCondition, selectionSet } = fragment;
        return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: inlined(selectionSet) };
      }
      return 'selectionSet' in selection && selection.selectionSet
        ? { ...selection, selectionSet: inlined(selection.selectionSet) }
        : selection;
    }),
  });
  const sent = operationOf(document, undefined);
  return { ...sent, selectionSet: inlined(sent.selectionSet) };
}

/** What a plan asks for, and where more could be asked. */
class Asked {
  readonly #types: KnownTypes;
  readonly #sites = new Map<string, Site[]>();
  readonly #fields = new Map<string, Set<string>>();

  constructor(types: KnownTypes) {
    this.#types = types;
  }

  sites = (path: string): readonly Site[] => this.#sites.get(path) ?? [];

  has(path: string, member: string, key: string): boolean {
    const askers = this.#fields.get(`${path} ${key}`) ?? [];
    return [...askers].some((type) => type === member || this.#types.members(type).has(member));
  }

  add(path: string, type: string, key: string): void {
    const at = `${path} ${key}`;
    this.#fields.set(at, (this.#fields.get(at) ?? new Set()).add(type));
  }

  walk(fetch: Fetch, { selections }: SelectionSetNode, type: string, path: string): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.walk(fetch, selection.selectionSet, selection.typeCondition?.name.value ?? type, path);
        continue;
      }
      const key = keyOf(selection);
      this.add(path, type, key);
      const below = this.#types.typeOf(type, selection.name.value, fetch.subgraph);
      if (!selection.selectionSet || below === undefined) continue;
      const at = `${path}.${key}`;
      const site = { fetch, type: below, selections: selection.selectionSet.selections as SelectionNode[] };
      this.#sites.set(at, [...this.sites(at), site]);
      this.walk(fetch, selection.selectionSet, below, at);
    }
  }
}

/**
 * Asks for what planners leave out: where subgraphs know other members of a union or an interface, they take it that an
 * object which several could tell is of a kind that all of them know, and do not ask for the rest.
 */
export class WholeSelections {
  readonly #types: KnownTypes;

  constructor(types: KnownTypes) {
    this.#types = types;
  }

  complete(plan: Plan, operation: OperationDefinitionNode, fragments: Fragments, root: string): Plan {
    if (!plan || this.#types.partial.size === 0) return plan;
    const asked = new Asked(this.#types);
    const sent = new Map<Fetch, OperationDefinitionNode>();
    for (const fetch of fetchesOf(plan)) {
      const document = sentBy(fetch);
      sent.set(fetch, document);
      this.#walkFetch(asked, fetch, document, root);
    }
    const changed = new Set<Fetch>();
    this.#look(asked, [operation.selectionSet], root, '', fragments, changed);
    if (changed.size === 0) return plan;
    const texts = [...changed].map((fetch) => {
      const document = sent.get(fetch);
      return [fetch, document ? { ...fetch, operation: print(document) } : fetch] as const;
    });
    return replaced(plan, new Map(texts));
  }

  #walkFetch(asked: Asked, fetch: Fetch, { selectionSet }: OperationDefinitionNode, root: string): void {
    if (fetch.entities.length === 0) asked.walk(fetch, selectionSet, root, pathKey(fetch.path));
    for (const call of fetch.entities) {
      const field = selectionSet.selections.find((each) => each.kind === Kind.FIELD && keyOf(each) === call.alias);
      if (field?.kind !== Kind.FIELD || !field.selectionSet) continue;
      for (const path of call.paths) asked.walk(fetch, field.selectionSet, '_Entity', pathKey(path));
    }
  }

  /** Goes through what the client selects of objects of a type at one place. */
  #look(
    asked: Asked,
    sets: readonly SelectionSetNode[],
    type: string,
    path: string,
    fragments: Fragments,
    changed: Set<Fetch>,
  ): void {
    const members = this.#types.partial.has(type) ? [...this.#types.members(type)] : [];
    for (const member of members) {
      for (const field of this.#fieldsOf(sets, member, fragments))
        this.#demand(asked, field, { member, path }, changed);
    }
    for (const [parent, field] of selected(sets, type, fragments)) {
      const below = this.#types.typeOf(parent, field.name.value);
      if (!field.selectionSet || below === undefined) continue;
      this.#look(asked, [field.selectionSet], below, `${path}.${keyOf(field)}`, fragments, changed);
    }
  }

  #demand(asked: Asked, field: FieldNode, { member, path }: Place, changed: Set<Fetch>): void {
    const key = keyOf(field);
    if (field.name.value === '__typename' || asked.has(path, member, key)) return;
    for (const { fetch, type, selections } of asked.sites(path)) {
      if (!this.#types.members(type, fetch.subgraph).has(member)) continue;
      if (!this.#tells(fetch.subgraph, member, field)) continue;
      const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: member } } as const;
      const selectionSet = { kind: Kind.SELECTION_SET, selections: [field] } as const;
      selections.push({ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet });
      asked.add(path, member, key);
      changed.add(fetch);
    }
  }

  /** Whether a subgraph can tell a field with all that is selected of it, without more being sent to it. */
  #tells(subgraph: string, parent: string, field: FieldNode): boolean {
    if (field.name.value === '__typename') return true;
    if (!this.#types.tells(subgraph, parent, field.name.value) || hangsOnVariables(field)) return false;
    const below = this.#types.typeOf(parent, field.name.value);
    return (field.selectionSet?.selections ?? []).every(
      (each) => each.kind === Kind.FIELD && below !== undefined && this.#tells(subgraph, below, each),
    );
  }

  /** The fields that count for objects of one type. */
  #fieldsOf(sets: readonly SelectionSetNode[], member: string, fragments: Fragments): FieldNode[] {
    const isFor = (condition: string) => condition === member || this.#types.members(condition).has(member);
    return selected(sets, member, fragments).flatMap(([, field, conditions]) =>
      conditions.every(isFor) ? [field] : [],
    );
  }
}

interface Place {
  readonly member: string;
  readonly path: string;
}

function hangsOnVariables(field: FieldNode): boolean {
  let found = false;
  visit(field, {
    Variable() {
      found = true;
      return BREAK;
    },
  });
  return found;
}

/** All fields of some selections, each with the type that it is selected of, and the conditions on which it hangs. */
function selected(
  sets: readonly SelectionSetNode[],
  type: string,
  fragments: Fragments,
  conditions: readonly string[] = [],
): (readonly [parent: string, field: FieldNode, conditions: readonly string[]])[] {
  return sets.flatMap(({ selections }) =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [[type, selection, conditions] as const];
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment) return [];
      const condition = fragment.typeCondition?.name.value;
      const below = condition === undefined ? conditions : [...conditions, condition];
      return selected([fragment.selectionSet], condition ?? type, fragments, below);
    }),
  );
}
