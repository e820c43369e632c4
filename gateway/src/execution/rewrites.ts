import { isTree, type Tree } from './answer-tree.ts';
import type { Path, Rewrite } from './plan.ts';
import { isOneOf, type TypeRelations } from './type-relations.ts';

function change(tree: Tree, { field, change: to }: Rewrite): void {
  if ('value' in to) {
    tree[field] = to.value;
  } else if (tree[field] !== undefined) {
    tree[to.name] = tree[field];
    delete tree[field];
  }
}

function walk(value: unknown, path: Path, at: number, rewrite: Rewrite, types: TypeRelations): void {
  if (Array.isArray(value)) {
    for (const element of value) walk(element, path, at, rewrite, types);
    return;
  }
  if (!isTree(value)) return;
  const step = path[at];
  if (step === undefined) {
    change(value, rewrite);
  } else if (step === 'each' || ('types' in step && isOneOf(value, step.types, types))) {
    walk(value, path, at + 1, rewrite, types);
  } else if ('field' in step) {
    walk(value[step.field], path, at + 1, rewrite, types);
  }
}

/** Changes what is sent to a subgraph, or what came from it, as the plan wants it. */
export function applyRewrites(value: Tree, rewrites: readonly Rewrite[], types: TypeRelations): void {
  for (const rewrite of rewrites) walk(value, rewrite.path, 0, rewrite, types);
}
