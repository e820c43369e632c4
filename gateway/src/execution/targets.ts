import { isTree, type Tree } from './answer-tree.ts';
import type { Path } from './plan.ts';
import { isOneOf, type TypeRelations } from './type-relations.ts';

/** Told of an object, and of what holds it under which key. */
export type Visit = (tree: Tree, holder: Tree, key: string) => void;

function walkList(list: readonly unknown[], path: Path, at: number, types: TypeRelations, visit: Visit): void {
  const next = path[at] === 'each' ? at + 1 : at;
  // An element of a list is a property of it.
  for (let index = 0; index < list.length; index += 1) {
    walk(list[index], path, next, types, visit, list as unknown as Tree, index as unknown as string);
  }
}

function walk(
  value: unknown,
  path: Path,
  at: number,
  types: TypeRelations,
  visit: Visit,
  holder: Tree,
  key: string,
): void {
  if (value === null || typeof value !== 'object') return;
  const step = path[at];
  if (Array.isArray(value)) {
    walkList(value, path, at, types, visit);
  } else if (step === undefined) {
    visit(value as Tree, holder, key);
  } else if (step === 'each') {
    return;
  } else if ('field' in step) {
    walk((value as Tree)[step.field], path, at + 1, types, visit, value as Tree, step.field);
  } else if (isOneOf(value as Tree, step.types, types)) {
    walk(value, path, at + 1, types, visit, holder, key);
  }
}

/** Finds the objects at the end of a path. Those that stand in several places are visited as often. */
export function visitTargets(root: Tree, path: Path, types: TypeRelations, visit: Visit): void {
  walk(root, path, 0, types, visit, { root }, 'root');
}

export type AnswerPath = readonly (string | number)[];

/** The same, with where each of them stands. Slower: for errors. */
export function placesOf(root: Tree, path: Path, types: TypeRelations): (readonly [place: AnswerPath, tree: Tree])[] {
  const found: [AnswerPath, Tree][] = [];
  const go = (value: unknown, at: number, place: AnswerPath): void => {
    const step = path[at];
    if (Array.isArray(value)) {
      const next = step === 'each' ? at + 1 : at;
      for (const [index, element] of value.entries()) go(element, next, [...place, index]);
      return;
    }
    if (!isTree(value) || step === 'each') return;
    if (step === undefined) found.push([place, value]);
    else if ('field' in step) go(value[step.field], at + 1, [...place, step.field]);
    else if (isOneOf(value, step.types, types)) go(value, at + 1, place);
  };
  go(root, 0, []);
  return found;
}
