import { select as selectElements } from 'cheerio-select';
import { type AnyNode, Document, Element } from 'domhandler';
import { JSONPathEnvironment } from 'json-p3';
import { lineOf, type PageDocument } from '../document/page-document.ts';
import { pageData } from './page-data.ts';
import { priceLine } from './price-line.ts';
import { parseSelector, type Selector, SelectorError } from './selector.ts';
import { checkXPath, selectByXPath } from './xpath.ts';

/** Of what a selector finds, no more than this is looked at. */
const maxFound = 20;

/** A page, and the text that it was parsed from. */
export interface SelectablePage {
  readonly document: PageDocument;
  readonly text: string;
}

/** How the text of an element is made: a price's parts are joined with care. */
export type TextOf = (...elements: readonly AnyNode[]) => string;

const valueAttributes: Readonly<Record<string, string>> = {
  meta: 'content',
  input: 'value',
  data: 'value',
  img: 'src',
  link: 'href',
};

function textOfElement(node: AnyNode, textOf: TextOf): string {
  const text = textOf(node);
  if (text !== '' || !(node instanceof Element)) return text;
  const attribute = Object.hasOwn(valueAttributes, node.name) ? valueAttributes[node.name] : 'content';
  return (attribute && node.attribs[attribute]) ?? '';
}

/** Cents, a decimal mark with them, or a sign of money, which some pages put into an element of their own. */
const isPart = (text: string): boolean => /^([.,]?\d{2}|[.,-]+|\p{Sc}|[A-Z]{3})$/u.test(text);

/** Neighbours that are the parts of one price are read together. */
function texts(nodes: readonly AnyNode[], textOf: TextOf): string[] {
  const groups: AnyNode[][] = [];
  for (const node of nodes) {
    const group = groups.at(-1);
    const isNext = group?.[0]?.parent === node.parent && isPart(textOf(node));
    if (group && isNext && textOf === priceLine) group.push(node);
    else groups.push([node]);
  }
  return groups.map((group) => {
    const [first, ...others] = group;
    if (first === undefined) return '';
    return others.length === 0 ? textOfElement(first, textOf) : group.map((one) => textOf(one)).join(' ');
  });
}

function selectByCss(page: SelectablePage, { query, attribute }: Selector, textOf: TextOf): string[] {
  const found = selectElements(query, page.document.root, {}, maxFound);
  if (attribute === null) return texts(found, textOf);
  return found.flatMap((node) => ('attribs' in node ? (node.attribs[attribute] ?? []) : []));
}

function textsOfValue(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  // A list of plain values is that many; of an object nobody says which of its texts is meant.
  return Array.isArray(value) ? value.filter((one) => typeof one !== 'object').flatMap(textsOfValue) : [];
}

const jsonPath = new JSONPathEnvironment();

function selectByJsonPath(page: SelectablePage, query: string): string[] {
  const compiled = jsonPath.compile(query);
  for (const data of pageData(page.document)) {
    const found = compiled
      .query(data as Parameters<typeof compiled.query>[0])
      .values()
      .flatMap(textsOfValue);
    if (found.length > 0) return found.slice(0, maxFound);
  }
  return [];
}

const regexOf = (query: string): RegExp => {
  const [, pattern, flags] = /^\/(.+)\/([imsu]*)$/s.exec(query) ?? [];
  return new RegExp(pattern ?? query, `${(flags ?? '').replace(/[gu]/g, '')}gu`);
};

/** A group named `value`, else the first group, else all that fits. */
function selectByRegex(page: SelectablePage, query: string): string[] {
  const found: string[] = [];
  for (const match of page.text.matchAll(regexOf(query))) {
    found.push(match.groups?.value ?? match.slice(1).find((group) => group !== undefined) ?? match[0]);
    if (found.length >= maxFound) break;
  }
  return found;
}

const selectByPath = (page: SelectablePage, query: string, textOf: TextOf): string[] => {
  const found = selectByXPath(page.document, query).slice(0, maxFound);
  return found.every((one) => typeof one !== 'string')
    ? texts(found, textOf)
    : found.map((one) => (typeof one === 'string' ? one : textOf(one)));
};

/** The texts that a selector finds on a page. Throws SelectorError for one that is none. */
export function select(page: SelectablePage, selector: Selector, textOf: TextOf = lineOf): string[] {
  try {
    switch (selector.kind) {
      case 'css':
      case 'attr':
        return selectByCss(page, selector, textOf);
      case 'json':
        return selectByJsonPath(page, selector.query);
      case 'xpath':
        return selectByPath(page, selector.query, textOf);
      case 'regex':
        return selectByRegex(page, selector.query);
    }
  } catch (error) {
    if (error instanceof SelectorError) throw error;
    throw new SelectorError(error instanceof Error ? error.message : 'It cannot be read.');
  }
}

const nothing = new Document([]);

/** What is wrong with a selector, as a sentence; null for one that can be tried. */
export function checkSelector(text: string): string | null {
  try {
    const { kind, query } = parseSelector(text);
    if (kind === 'css' || kind === 'attr') selectElements(query, nothing);
    else if (kind === 'json') jsonPath.compile(query);
    else if (kind === 'xpath') checkXPath(query);
    else regexOf(query);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'It cannot be read.';
  }
}
