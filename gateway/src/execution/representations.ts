import { isTree, type Tree } from './answer-tree.ts';
import type { Requirement } from './plan.ts';
import type { TypeRelations } from './type-relations.ts';

/** Something that was required is not there: its fetch failed, and said so. */
const missing = Symbol('missing');

function requiredOf(value: unknown, selections: readonly Requirement[] | undefined, types: TypeRelations): unknown {
  if (!selections || value === null) return value;
  if (Array.isArray(value)) {
    const elements = value.map((element) => requiredOf(element, selections, types));
    return elements.includes(missing) ? missing : elements;
  }
  if (!isTree(value)) return value;
  const named: Tree = {};
  return fill(named, value, selections, types) ? named : missing;
}

const applies = (type: string, from: Tree, types: TypeRelations): boolean =>
  typeof from.__typename === 'string' && types.matches(from.__typename, type);

/** Two fragments may each want parts of one object, or of the objects of one list. */
function combined(before: unknown, value: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(value)) return value.map((element, at) => combined(before[at], element));
  if (!isTree(before) || !isTree(value)) return value;
  for (const name in value) before[name] = combined(before[name], value[name]);
  return before;
}

/** @returns whether all was there. A fragment of which something is missing adds nothing, and leaves the others alone. */
function fill(into: Tree, from: Tree, requires: readonly Requirement[], types: TypeRelations): boolean {
  for (const requirement of requires) {
    if (requirement.kind === 'fragment') {
      if (!applies(requirement.type, from, types)) continue;
      const part: Tree = {};
      if (fill(part, from, requirement.selections, types)) combined(into, part);
      continue;
    }
    const { from: name, to, selections } = requirement;
    const found = Object.hasOwn(from, name) ? from[name] : undefined;
    if (found === undefined) return false;
    const value = requiredOf(found, selections, types);
    if (value === missing) return false;
    into[to] = selections ? combined(into[to], value) : value;
  }
  return true;
}

/** Nulls may be required, but name nobody. */
function isNamed(representation: Tree): boolean {
  for (const name in representation) if (name !== '__typename' && representation[name] !== null) return true;
  return false;
}

/** How an entity is named to a subgraph; undefined where it cannot be, or is none of those that are asked for. */
export function representationOf(
  entity: Tree,
  requires: readonly Requirement[],
  types: TypeRelations,
): Tree | undefined {
  const representation: Tree = {};
  if (!fill(representation, entity, requires, types)) return undefined;
  return typeof representation.__typename === 'string' && isNamed(representation) ? representation : undefined;
}

/** The same for entities that are named alike, so that each is asked for once. */
export function keyOf(representation: Tree): string {
  let key = '';
  for (const name in representation) {
    const value = representation[name];
    // With its length, since any text may stand in it.
    key += typeof value === 'string' ? `${value.length}"${value}` : `${JSON.stringify(value)},`;
  }
  return key;
}
