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

/** A node of the page as XPath sees it; made when it is come to. */
class TreeNode implements XPathNode {
  readonly source: AnyNode;
  readonly tree: XPathTree;
  readonly order: number;
  private known: AttributeList | undefined;

  constructor(source: AnyNode, tree: XPathTree, order: number) {
    this.source = source;
    this.tree = tree;
    this.order = order;
  }

  get nodeType(): number {
    return this.source.nodeType;
  }
  get nodeName(): string {
    if (this.source instanceof Element) return this.source.name;
    return isDocument(this.source) ? '#document' : '#text';
  }
  get nodeValue(): string | null {
    return isText(this.source) || isComment(this.source) ? this.source.data : null;
  }
  get parentNode(): XPathNode | null {
    return this.tree.nodeOf(this.source.parent);
  }
  get firstChild(): XPathNode | null {
    return 'children' in this.source ? this.tree.nodeOf(this.source.children[0] ?? null) : null;
  }
  get nextSibling(): XPathNode | null {
    return this.tree.nodeOf(this.source.next);
  }
  get ownerDocument(): XPathNode {
    return this.tree.root;
  }
  get documentElement(): XPathNode | null {
    const root = 'children' in this.source ? this.source.children.find((child) => child instanceof Element) : undefined;
    return this.tree.nodeOf(root ?? null);
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
export class XPathTree {
  readonly root: TreeNode;
  private readonly nodes = new Map<AnyNode, TreeNode>();

  constructor(document: Document) {
    const open: AnyNode[] = [document];
    let order = 0;
    for (let node = open.pop(); node; node = open.pop()) {
      this.nodes.set(node, new TreeNode(node, this, order));
      order += 1;
      pushChildren(open, node);
    }
    this.root = this.nodes.get(document) ?? new TreeNode(document, this, 0);
  }

  nodeOf(source: AnyNode | null): TreeNode | null {
    return source === null ? null : (this.nodes.get(source) ?? null);
  }

  /** The element of the page that a node found by a path is, or the text of any other node. */
  static sourceOf(found: unknown): AnyNode | string | null {
    if (found instanceof TreeNode) return found.source.nodeType === documentType ? null : found.source;
    return found instanceof AttributeNode ? found.value : null;
  }
}
