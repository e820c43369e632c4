import { type AnyNode, type Document, Element, isComment, isDocument, isText } from 'domhandler';
import { pushChildren } from '../document/push-children.ts';

/** What XPath asks of a document's nodes, by the names that the DOM has for it. */
export interface XPathNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly parentNode: XPathNode | null;
  readonly firstChild: XPathNode | null;
  readonly nextSibling: XPathNode | null;
}

const following = 4;
const preceding = 2;
const documentType = 9;

const nameOf = (source: AnyNode): string => {
  if (source instanceof Element) return source.name;
  return isDocument(source) ? '#document' : '#text';
};

/** A node of the page as XPath sees it. Its links are plain fields: a path follows millions of them. */
class TreeNode implements XPathNode {
  readonly source: AnyNode;
  readonly order: number;
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly parentNode: TreeNode | null;
  readonly ownerDocument: TreeNode;
  firstChild: TreeNode | null = null;
  nextSibling: TreeNode | null = null;
  private lastChild: TreeNode | null = null;
  private known: AttributeList | undefined;

  constructor(source: AnyNode, parent: TreeNode | null, order: number) {
    this.source = source;
    this.order = order;
    this.nodeType = source.nodeType;
    this.nodeName = nameOf(source);
    this.nodeValue = isText(source) || isComment(source) ? source.data : null;
    this.parentNode = parent;
    this.ownerDocument = parent?.ownerDocument ?? this;
  }

  append(child: TreeNode): void {
    if (this.lastChild === null) this.firstChild = child;
    else this.lastChild.nextSibling = child;
    this.lastChild = child;
  }

  get documentElement(): TreeNode | null {
    let child = this.firstChild;
    while (child !== null && !(child.source instanceof Element)) child = child.nextSibling;
    return child;
  }
  get attributes(): AttributeList | null {
    if (!(this.source instanceof Element)) return null;
    this.known ??= new AttributeList(this, this.source);
    return this.known;
  }
  getAttribute(name: string): string | null {
    return this.source instanceof Element ? (this.source.attribs[name] ?? null) : null;
  }
  compareDocumentPosition(other: unknown): number {
    return orderOf(other) > this.order ? following : preceding;
  }
}

/** An attribute comes after its element, and before what is in it. */
class AttributeNode {
  readonly nodeType = 2;
  readonly nodeName: string;
  readonly nodeValue: string;
  readonly value: string;
  readonly ownerElement: TreeNode;
  readonly parentNode = null;
  readonly firstChild = null;
  readonly nextSibling = null;
  readonly order: number;

  constructor(ownerElement: TreeNode, name: string, value: string, position: number) {
    this.ownerElement = ownerElement;
    this.nodeName = name;
    this.nodeValue = value;
    this.value = value;
    this.order = ownerElement.order + position;
  }
  get ownerDocument(): XPathNode {
    return this.ownerElement.ownerDocument;
  }
  compareDocumentPosition(other: unknown): number {
    return orderOf(other) > this.order ? following : preceding;
  }
}

class AttributeList {
  private readonly nodes: readonly AttributeNode[];

  constructor(owner: TreeNode, element: Element) {
    const all = Object.entries(element.attribs);
    this.nodes = all.map(
      ([name, value], index) => new AttributeNode(owner, name, value, (index + 1) / (all.length + 1)),
    );
  }
  get length(): number {
    return this.nodes.length;
  }
  item(index: number): AttributeNode | null {
    return this.nodes[index] ?? null;
  }
}

const orderOf = (node: unknown): number =>
  node instanceof TreeNode || node instanceof AttributeNode ? node.order : -1;

/** A page's tree as XPath walks it. */
export function xpathTree(document: Document): XPathNode {
  const root = new TreeNode(document, null, 0);
  const parents = [root];
  const open: AnyNode[] = [];
  pushChildren(open, document);
  for (let source = open.pop(), order = 1; source; source = open.pop(), order += 1) {
    // In the order of the page: who is not above this node is left behind.
    while (parents.length > 1 && parents.at(-1)?.source !== source.parent) parents.pop();
    const parent = parents.at(-1) ?? root;
    const node = new TreeNode(source, parent, order);
    parent.append(node);
    if ('children' in source && source.children.length > 0) parents.push(node);
    pushChildren(open, source);
  }
  return root;
}

/** The element of the page that a node found by a path is, or the text of an attribute; null for the page itself. */
export function sourceOf(found: unknown): AnyNode | string | null {
  if (found instanceof TreeNode) return found.nodeType === documentType ? null : found.source;
  return found instanceof AttributeNode ? found.value : null;
}
