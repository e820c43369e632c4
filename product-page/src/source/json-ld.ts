import { parseJsonText } from '../document/json-text.ts';
import type { PageDocument } from '../document/page-document.ts';
import { localName, type Thing, type Value } from '../thing/thing.ts';

/** Deeper than any vocabulary nests, and more than any page says of its products. */
const maxDepth = 32;
const maxValues = 100_000;

type JsonObject = Readonly<Record<string, unknown>>;

interface Conversion {
  left: number;
  /** Nodes by `@id`, of which others say no more than that. */
  readonly byId: Map<string, Thing>;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const typesOf = (node: JsonObject): string[] =>
  listOf(node['@type'] ?? node.type)
    .filter((type) => typeof type === 'string')
    .map(localName);

function thingOf(node: JsonObject, conversion: Conversion, depth: number): Thing {
  const properties = new Map<string, Value[]>();
  const id = typeof node['@id'] === 'string' ? node['@id'] : null;
  const thing: Thing = { types: typesOf(node), id, properties };
  for (const [name, value] of Object.entries(node)) {
    if (name.startsWith('@')) continue;
    const values = valuesOf(value, conversion, depth + 1);
    if (values.length > 0) properties.set(localName(name), values);
  }
  if (id !== null && properties.size > (conversion.byId.get(id)?.properties.size ?? 0)) conversion.byId.set(id, thing);
  return thing;
}

function valuesOf(value: unknown, conversion: Conversion, depth: number): Value[] {
  conversion.left -= 1;
  if (depth > maxDepth || conversion.left < 0) return [];
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (Array.isArray(value)) return value.flatMap((one) => valuesOf(one, conversion, depth + 1));
  if (!isObject(value)) return [];
  // {"@value": …} is a literal with a type or a language.
  if (value['@value'] !== undefined) return valuesOf(value['@value'], conversion, depth + 1);
  return [thingOf(value, conversion, depth)];
}

/** Nodes that stand on their own: of the text, of its arrays and graphs. */
function rootsOf(value: unknown, conversion: Conversion, depth = 0): Thing[] {
  if (depth > maxDepth) return [];
  if (Array.isArray(value)) return value.flatMap((one) => rootsOf(one, conversion, depth + 1));
  if (!isObject(value)) return [];
  const inGraph = value['@graph'] === undefined ? [] : rootsOf(value['@graph'], conversion, depth + 1);
  return value['@type'] === undefined && inGraph.length > 0 ? inGraph : [thingOf(value, conversion, depth), ...inGraph];
}

/** Puts what a node names by `@id` in its place; a node that is on its way already is left as it is. */
function resolved(thing: Thing, conversion: Conversion, above: readonly Thing[]): Thing {
  const whole = thing.id !== null && thing.properties.size === 0 ? (conversion.byId.get(thing.id) ?? thing) : thing;
  // Two mentions of one node each, a hundred nodes on end, would be all the copies that there can be.
  conversion.left -= 1;
  if (conversion.left < 0 || above.includes(whole) || above.length > maxDepth) return whole;
  const properties = new Map<string, readonly Value[]>();
  for (const [name, values] of whole.properties) {
    properties.set(
      name,
      values.map((value) => (typeof value === 'string' ? value : resolved(value, conversion, [...above, whole]))),
    );
  }
  return { ...whole, properties };
}

export function jsonLdThings(page: PageDocument): Thing[] {
  const conversion: Conversion = { left: maxValues, byId: new Map() };
  const roots = page.linkedData.flatMap((text) => rootsOf(parseJsonText(text), conversion));
  return conversion.byId.size === 0 ? roots : roots.map((root) => resolved(root, conversion, []));
}
