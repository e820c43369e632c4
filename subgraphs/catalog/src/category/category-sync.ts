import type { CategoryRow } from './category-sync.inputs.ts';
import type { CategoryTree, TreeNode } from './category-tree.ts';

export interface CategoryResult {
  readonly index: number;
  readonly sku: null;
  readonly categoryId: string | null;
  readonly outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REJECTED';
  readonly errors: readonly { readonly code: string; readonly field: string; readonly message: string }[];
}

const rejected = (index: number, code: string, field: string, message: string): CategoryResult => ({
  index,
  sku: null,
  categoryId: null,
  outcome: 'REJECTED',
  errors: [{ code, field, message }],
});

const stateOf = ({ parent, name, externalId, sortOrder }: TreeNode): string =>
  JSON.stringify([parent?.id, name, externalId, sortOrder]);

/** Brings a tree to what a batch says, row by row, and tells what each row came to. */
export function applyCategoryRows(tree: CategoryTree, rows: readonly CategoryRow[]): CategoryResult[] {
  const batchIds = new Set(rows.flatMap(({ externalId }) => (externalId ? [externalId] : [])));
  return rows.map((row) => applyRow(tree, row, batchIds));
}

function applyRow(tree: CategoryTree, row: CategoryRow, batchIds: ReadonlySet<string>): CategoryResult {
  const { index, path, externalId } = row;
  const there = tree.findByPath(path);
  const known = externalId ? tree.findByExternalId(externalId) : undefined;
  if (externalId && there && there !== known && there.externalId !== null && (known || batchIds.has(there.externalId)))
    return rejected(index, 'NOT_APPLIED', 'path', 'Another category with an id of its own has this path.');
  const mover = known && !there ? known : undefined;
  if (mover && path.some((_, depth) => tree.findByPath(path.slice(0, depth)) === mover))
    return rejected(index, 'NOT_APPLIED', 'path', 'A category cannot be moved below itself.');

  const node = mover ?? there ?? tree.ensure(path);
  if (!node) return rejected(index, 'NOT_APPLIED', 'path', 'A category needs a path.');
  const created = node !== mover && node !== there;
  const before = created ? '' : stateOf(node);
  if (mover) tree.move(mover, tree.ensure(path.slice(0, -1)), path.at(-1) ?? '');
  if (externalId && node.externalId !== externalId) tree.identify(node, externalId);
  if (row.sortOrder !== undefined) node.sortOrder = row.sortOrder;
  const outcome = created ? 'CREATED' : before === stateOf(node) ? 'UNCHANGED' : 'UPDATED';
  return { index, sku: null, categoryId: node.id, outcome, errors: [] };
}
