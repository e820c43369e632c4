/** Longer ones are rarely the same twice. */
const longest = 4_096;

/** As deep as inputs of ours go, and more; what is deeper is no input of ours. */
const deepest = 16;
const tooDeep = ' '.repeat(longest + 1);

/**
 * A value as text, the same for the same value: the order of keys does not count, and a number that JSON cannot write (1e999 is
 * read as infinity) is not taken for null.
 */
function canonical(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'number' ? String(value) : JSON.stringify(value);
  }
  if (depth === deepest) return tooDeep;
  const inside = (inner: unknown) => canonical(inner, depth + 1);
  if (Array.isArray(value)) return `[${value.map(inside).join(',')}]`;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${inside(inner)}`).join(',')}}`;
}

/**
 * The variables that an operation declares, as text; those that were not sent differ from null. Undefined where they are
 * too large.
 */
export function variablesKey(names: readonly string[], given: Readonly<Record<string, unknown>>): string | undefined {
  let key = '';
  for (const name of names) {
    // A line break is never in JSON.
    if (Object.hasOwn(given, name) && given[name] !== undefined) key += canonical(given[name]);
    key += '\n';
    if (key.length > longest) return undefined;
  }
  return key;
}
