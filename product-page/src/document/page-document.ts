import { type AnyNode, type Document, Element, isTag, isText } from 'domhandler';
import { Parser } from 'htmlparser2';
import { linkedDataAfter } from './linked-data-after.ts';
import { PageBuilder } from './page-builder.ts';
import { pushChildren } from './push-children.ts';

/** A page is fed to the parser in pieces, so that a hopeless one is left early. */
const pieceLength = 65_536;
/** More of a kind than any page has that means it. */
const maxOfAKind = 2_000;

/** A page, and where in it things stand that say something of its product. */
export interface PageDocument {
  readonly root: Document;
  readonly url: string;
  /** `meta` elements, those with an `itemprop` as well. */
  readonly metas: readonly Element[];
  /** Texts of `script` elements that hold data, by their type. */
  readonly linkedData: readonly string[];
  readonly embeddedData: readonly string[];
  /** Outermost elements with `itemscope`. */
  readonly items: readonly Element[];
  /** Outermost elements with a `typeof`, which is RDFa's. */
  readonly resources: readonly Element[];
  readonly headings: readonly Element[];
  readonly title: string | null;
  /** What addresses in the page are relative to. */
  readonly base: string;
  /** What the page says is its own address. */
  readonly canonical: string | null;
  readonly language: string | null;
}

interface Found {
  readonly metas: Element[];
  readonly linkedData: string[];
  readonly embeddedData: string[];
  readonly items: Element[];
  readonly resources: Element[];
  readonly headings: Element[];
  title: string | null;
  base: string | null;
  canonical: string | null;
  language: string | null;
}

/** The tree of a text, and where the part of it ends that is in the tree. */
function buildTree(text: string): { readonly root: Document; readonly end: number } {
  const builder = new PageBuilder();
  const parser = new Parser(builder, { decodeEntities: true });
  let end = 0;
  for (; end < text.length && !builder.isFull; end += pieceLength) parser.write(text.slice(end, end + pieceLength));
  parser.end();
  return { root: builder.root, end };
}

/** The text of an element, as far as anybody reads; scripts and styles are none. */
export function textOf(element: AnyNode, maxLength = Number.POSITIVE_INFINITY): string {
  const parts: string[] = [];
  const open: AnyNode[] = [element];
  let length = 0;
  for (let node = open.pop(); node && length < maxLength; node = open.pop()) {
    if (isText(node)) {
      parts.push(node.data);
      length += node.data.length;
    } else if (
      'children' in node &&
      (node === element || !isTag(node) || !/^(script|style|template)$/.test(node.name))
    ) {
      pushChildren(open, node);
    }
  }
  return parts.join('');
}

/** Longer than any title, price or stock notice with the blanks around it. */
const maxLine = 5_000;

/** An element's text on one line. */
export const lineOf = (element: AnyNode): string =>
  textOf(element, maxLine).slice(0, maxLine).replace(/\s+/g, ' ').trim();

function add<T>(list: T[], value: T): void {
  if (list.length < maxOfAKind) list.push(value);
}

function noteScript(element: Element, found: Found): void {
  const type = element.attribs.type?.trim().toLowerCase() ?? '';
  if (/^application\/ld\+json\b/.test(type)) add(found.linkedData, textOf(element));
  else if (/^application\/(json|[\w.+-]+\+json)\b/.test(type)) add(found.embeddedData, textOf(element));
}

const relationOf = (element: Element): string => element.attribs.rel?.trim().toLowerCase() ?? '';

function note(element: Element, found: Found): void {
  switch (element.name) {
    case 'meta':
      add(found.metas, element);
      return;
    case 'script':
      noteScript(element, found);
      return;
    case 'h1':
      add(found.headings, element);
      return;
    case 'title':
      found.title ??= lineOf(element);
      return;
    case 'base':
      found.base ??= element.attribs.href ?? null;
      return;
    case 'link':
      if (relationOf(element) === 'canonical') found.canonical ??= element.attribs.href ?? null;
      return;
    case 'html':
      found.language ??= element.attribs.lang ?? null;
      return;
    default:
  }
}

interface Step {
  readonly node: AnyNode;
  readonly isInItem: boolean;
  readonly isInResource: boolean;
}

function lookThrough(root: Document): Found {
  const found: Found = {
    metas: [],
    linkedData: [],
    embeddedData: [],
    items: [],
    resources: [],
    headings: [],
    title: null,
    base: null,
    canonical: null,
    language: null,
  };
  const open: Step[] = [{ node: root, isInItem: false, isInResource: false }];
  for (let step = open.pop(); step; step = open.pop()) {
    const { node } = step;
    let { isInItem, isInResource } = step;
    if (node instanceof Element) {
      note(node, found);
      if (!isInItem && node.attribs.itemscope !== undefined) {
        isInItem = true;
        add(found.items, node);
      }
      if (!isInResource && node.attribs.typeof !== undefined) {
        isInResource = true;
        add(found.resources, node);
      }
    }
    if (!('children' in node)) continue;
    for (let index = node.children.length - 1; index >= 0; index -= 1) {
      const child = node.children[index];
      if (child && isTag(child)) open.push({ node: child, isInItem, isInResource });
    }
  }
  return found;
}

/** An address as it stands in a page, in full; null where it is none of the web. */
export function absoluteUrl(address: string, base: string): string | null {
  const trimmed = address.trim();
  if (trimmed === '' || !URL.canParse(trimmed, base)) return null;
  const url = new URL(trimmed, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/** An address may give data in place of a page: they are what it says, and may be linked data as well. */
const isData = (text: string): boolean => /^[\s\ufeff]*[{[]/.test(text.slice(0, 1_000));

export function parsePage(text: string, url: string): PageDocument {
  if (isData(text)) return { ...parsePage('', url), embeddedData: [text], linkedData: [text] };
  const { root, end } = buildTree(text);
  const found = lookThrough(root);
  if (end < text.length) for (const data of linkedDataAfter(text, end)) add(found.linkedData, data);
  const base = (found.base && absoluteUrl(found.base, url)) || url;
  const canonical = found.canonical === null ? null : absoluteUrl(found.canonical, base);
  return { ...found, root, url, base, canonical };
}
