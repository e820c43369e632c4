/** An object of a site's data, whose names may be written `is_sold` or `isSold`. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** More values than any page's data have. */
const mostValues = 500_000;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All objects of some data, outermost first, in their order. */
export function objectsIn(values: readonly unknown[]): JsonObject[] {
  const objects: JsonObject[] = [];
  const open: unknown[] = [...values].reverse();
  for (let left = mostValues; open.length > 0 && left > 0; left -= 1) {
    const value = open.pop();
    if (isObject(value)) objects.push(value);
    const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
    for (let index = inner.length - 1; index >= 0; index -= 1) open.push(inner[index]);
  }
  return objects;
}

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A value by its path of names in snake case; undefined where there is none. */
export function valueAt(object: unknown, ...path: readonly (string | number)[]): unknown {
  let value = object;
  for (const name of path) {
    if (typeof name === 'number') value = Array.isArray(value) ? value[name] : undefined;
    else value = isObject(value) ? (value[name] ?? value[camelCase(name)]) : undefined;
  }
  return value;
}

/** A text, or a number as one; null for anything else and for blanks. */
export function textAt(object: unknown, ...path: readonly (string | number)[]): string | null {
  const value = valueAt(object, ...path);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
