/** A category as a sync sees it: by parent links, of which its path follows. */
export interface TreeNode {
  readonly id: string;
  parent: TreeNode | null;
  name: string;
  externalId: string | null;
  sortOrder: number | null;
}

export interface StoredCategory {
  readonly id: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly externalId: string | null;
  readonly sortOrder: number | null;
}

/** The whole tree in memory: a batch of categories moves branches, and what that comes to is written once. */
export class CategoryTree {
  readonly #nodes = new Map<string, TreeNode>();
  readonly #byExternalId = new Map<string, TreeNode>();
  readonly #children = new Map<TreeNode | null, Map<string, TreeNode>>();
  readonly #newId: () => string;

  constructor(stored: readonly StoredCategory[], newId: () => string) {
    this.#newId = newId;
    for (const { id, name, externalId, sortOrder } of stored)
      this.#nodes.set(id, { id, parent: null, name, externalId, sortOrder });
    for (const { id, parentId } of stored) {
      const node = this.#nodes.get(id);
      if (!node) continue;
      node.parent = parentId === null ? null : (this.#nodes.get(parentId) ?? null);
      this.#siblings(node.parent).set(node.name, node);
      if (node.externalId !== null) this.#byExternalId.set(node.externalId, node);
    }
  }

  get nodes(): Iterable<TreeNode> {
    return this.#nodes.values();
  }

  findByExternalId(externalId: string): TreeNode | undefined {
    return this.#byExternalId.get(externalId);
  }

  findByPath(path: readonly string[]): TreeNode | undefined {
    let node: TreeNode | null = null;
    for (const name of path) {
      const next: TreeNode | undefined = this.#children.get(node)?.get(name);
      if (!next) return undefined;
      node = next;
    }
    return node ?? undefined;
  }

  /** The category of a path, made with all above it where they are missing; null for the empty path. */
  ensure(path: readonly string[]): TreeNode | null {
    let parent: TreeNode | null = null;
    for (const name of path) parent = this.#children.get(parent)?.get(name) ?? this.#make(parent, name);
    return parent;
  }

  isBelow(node: TreeNode | null, ancestor: TreeNode): boolean {
    for (let above = node; above; above = above.parent) if (above === ancestor) return true;
    return false;
  }

  move(node: TreeNode, parent: TreeNode | null, name: string): void {
    this.#siblings(node.parent).delete(node.name);
    node.parent = parent;
    node.name = name;
    this.#siblings(parent).set(name, node);
  }

  /** Gives a category its external id, and takes it from the one that had it. */
  identify(node: TreeNode, externalId: string): void {
    const former = this.#byExternalId.get(externalId);
    if (former) former.externalId = null;
    if (node.externalId !== null) this.#byExternalId.delete(node.externalId);
    node.externalId = externalId;
    this.#byExternalId.set(externalId, node);
  }

  #make(parent: TreeNode | null, name: string): TreeNode {
    const node: TreeNode = { id: this.#newId(), parent, name, externalId: null, sortOrder: null };
    this.#nodes.set(node.id, node);
    this.#siblings(parent).set(name, node);
    return node;
  }

  #siblings(parent: TreeNode | null): Map<string, TreeNode> {
    const known = this.#children.get(parent);
    if (known) return known;
    const made = new Map<string, TreeNode>();
    this.#children.set(parent, made);
    return made;
  }
}

/** The way from the root to a category, both included. */
export function wayTo(node: TreeNode): TreeNode[] {
  const way: TreeNode[] = [];
  for (let above: TreeNode | null = node; above; above = above.parent) way.unshift(above);
  return way;
}
