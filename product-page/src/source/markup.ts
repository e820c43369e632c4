import { type AnyNode, Element, isTag } from 'domhandler';
import { absoluteUrl, lineOf, type PageDocument } from '../document/page-document.ts';
import { pushElements } from '../document/push-children.ts';
import { localName, type Thing, type Value } from '../thing/thing.ts';

/** The attributes by which a vocabulary marks up a page: microdata's or RDFa's. */
interface Vocabulary {
  readonly scope: string;
  readonly type: string;
  readonly property: string;
  readonly id: string;
}

const microdata: Vocabulary = { scope: 'itemscope', type: 'itemtype', property: 'itemprop', id: 'itemid' };
const rdfa: Vocabulary = { scope: 'typeof', type: 'typeof', property: 'property', id: 'resource' };

const maxDepth = 24;
const maxElements = 200_000;
/** Types that authors forget to say the property of. */
const offerTypes: ReadonlySet<string> = new Set(['offer', 'aggregateoffer']);

interface Reading {
  readonly vocabulary: Vocabulary;
  readonly page: PageDocument;
  left: number;
  /** Elements by `id`, for what an item says that it has elsewhere; found only when asked for. */
  byId: ReadonlyMap<string, Element> | null;
  readonly roots: Thing[];
}

const addressAttributes: Readonly<Record<string, string>> = {
  a: 'href',
  link: 'href',
  area: 'href',
  img: 'src',
  source: 'src',
  video: 'src',
  audio: 'src',
  embed: 'src',
  iframe: 'src',
  object: 'data',
};

function addressOf(element: Element, attribute: string, base: string): string {
  const stated = element.attribs[attribute] ?? '';
  // Images that are loaded late have a stand-in where their address belongs.
  const late = element.name === 'img' ? (element.attribs['data-src'] ?? element.attribs['data-original']) : undefined;
  const address = late !== undefined && (stated === '' || stated.startsWith('data:')) ? late : stated;
  return absoluteUrl(address, base) ?? address;
}

/** The value of a property, which `content` overrides wherever authors put it. */
function propertyValue(element: Element, { page }: Reading): string {
  const { content, value, datetime } = element.attribs;
  if (content !== undefined && content.trim() !== '') return content;
  const attribute = Object.hasOwn(addressAttributes, element.name) ? addressAttributes[element.name] : undefined;
  if (attribute !== undefined) return addressOf(element, attribute, page.base);
  if (element.attribs.resource !== undefined) return element.attribs.resource;
  if ((element.name === 'data' || element.name === 'meter') && value !== undefined) return value;
  if (element.name === 'time' && datetime !== undefined) return datetime;
  return lineOf(element);
}

const wordsOf = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter((word) => word !== '');

/** Properties of other vocabularies, as `og:title`, are not the item's. */
const propertiesOf = (element: Element, { property }: Vocabulary): string[] =>
  wordsOf(element.attribs[property])
    .map(localName)
    .filter((name) => !name.includes(':'));

function elementsById(page: PageDocument): ReadonlyMap<string, Element> {
  const found = new Map<string, Element>();
  const open: AnyNode[] = [page.root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node instanceof Element && node.attribs.id && !found.has(node.attribs.id)) found.set(node.attribs.id, node);
    if ('children' in node) for (const child of node.children) if (isTag(child)) open.push(child);
  }
  return found;
}

function referredTo(element: Element, reading: Reading): Element[] {
  const ids = wordsOf(element.attribs.itemref).slice(0, 20);
  if (ids.length === 0) return [];
  reading.byId ??= elementsById(reading.page);
  const { byId } = reading;
  return ids.map((id) => byId.get(id)).filter((found): found is Element => found !== undefined);
}

function put(properties: Map<string, Value[]>, names: readonly string[], value: Value): void {
  for (const name of names) {
    const values = properties.get(name);
    if (values) values.push(value);
    else properties.set(name, [value]);
  }
}

const typesOf = (element: Element, { type }: Vocabulary): string[] => wordsOf(element.attribs[type]).map(localName);

/** An element within an item: its value where it has one, and its children's, down to the items that begin there. */
function collect(element: Element, properties: Map<string, Value[]>, reading: Reading, depth: number): void {
  const open: AnyNode[] = [element];
  for (let next = open.pop(); next instanceof Element && reading.left > 0; next = open.pop()) {
    reading.left -= 1;
    const names = propertiesOf(next, reading.vocabulary);
    if (next.attribs[reading.vocabulary.scope] !== undefined) {
      const thing = depth < maxDepth ? thingOf(next, reading, depth + 1) : null;
      if (thing === null) continue;
      if (names.length > 0) put(properties, names, thing);
      else if (thing.types.some((type) => offerTypes.has(type))) put(properties, ['offers'], thing);
      // An item that is nobody's property stands on its own, wherever it stands.
      else reading.roots.push(thing);
      continue;
    }
    if (names.length > 0) {
      const value = propertyValue(next, reading);
      // Properties within properties have the text of all below them, again and again.
      reading.left -= value.length / 20;
      put(properties, names, value);
    }
    pushElements(open, next);
  }
}

function thingOf(element: Element, reading: Reading, depth: number): Thing {
  const properties = new Map<string, Value[]>();
  for (const child of element.children) if (isTag(child)) collect(child, properties, reading, depth);
  for (const other of referredTo(element, reading)) if (other !== element) collect(other, properties, reading, depth);
  return {
    types: typesOf(element, reading.vocabulary),
    id: element.attribs[reading.vocabulary.id] ?? null,
    properties,
  };
}

function things(page: PageDocument, vocabulary: Vocabulary, outermost: readonly Element[]): Thing[] {
  const reading: Reading = { vocabulary, page, left: maxElements, byId: null, roots: [] };
  for (const element of outermost) reading.roots.push(thingOf(element, reading, 0));
  return reading.roots;
}

/** Items of a page in microdata: a property belongs to the nearest item around it. */
export const microdataThings = (page: PageDocument): Thing[] => things(page, microdata, page.items);

/** The like in RDFa, as far as schema.org's own examples use it. */
export const rdfaThings = (page: PageDocument): Thing[] => things(page, rdfa, page.resources);
