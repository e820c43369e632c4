import { createRequire } from 'node:module';
import type { AnyNode } from 'domhandler';
import type { PageDocument } from '../document/page-document.ts';
import { SelectorError } from './selector.ts';
import { sourceOf, type XPathNode, xpathTree } from './xpath-tree.ts';

/** What is used of the library, whose own types want a browser's. */
interface XPathResult {
  stringValue(): string;
  toArray?(): unknown[];
}
interface XPathLibrary {
  parse(expression: string): { evaluate(options: { node: XPathNode; isHtml: boolean }): XPathResult };
}
const { parse }: XPathLibrary = createRequire(import.meta.url)('xpath');

/** Trees of pages, for as long as the pages are read. */
const trees = new WeakMap<PageDocument, XPathNode>();

function treeOf(page: PageDocument): XPathNode {
  const tree = trees.get(page) ?? xpathTree(page.root);
  trees.set(page, tree);
  return tree;
}

function parsed(expression: string): ReturnType<XPathLibrary['parse']> {
  try {
    return parse(expression);
  } catch (error) {
    throw new SelectorError(`It is no XPath 1.0: ${error instanceof Error ? error.message : 'it cannot be read'}.`);
  }
}

export function checkXPath(expression: string): void {
  parsed(expression);
}

/** What a path finds: elements in the order of the page, or the texts of attributes and of what it computes. */
export function selectByXPath(page: PageDocument, expression: string): (AnyNode | string)[] {
  const result = parsed(expression).evaluate({ node: treeOf(page), isHtml: true });
  if (!result.toArray) return [result.stringValue()];
  return result
    .toArray()
    .map(sourceOf)
    .filter((found): found is AnyNode | string => found !== null);
}
