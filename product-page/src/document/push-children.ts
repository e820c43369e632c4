import { type AnyNode, isTag } from 'domhandler';

/** Puts the children of a node on a stack, the first uppermost: there may be more of them than a call has arguments. */
export function pushChildren(open: AnyNode[], node: AnyNode): void {
  if (!('children' in node)) return;
  for (let index = node.children.length - 1; index >= 0; index -= 1) {
    const child = node.children[index];
    if (child) open.push(child);
  }
}

/** The like, of elements alone. */
export function pushElements(open: AnyNode[], node: AnyNode): void {
  if (!('children' in node)) return;
  for (let index = node.children.length - 1; index >= 0; index -= 1) {
    const child = node.children[index];
    if (child && isTag(child)) open.push(child);
  }
}
