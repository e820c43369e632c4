/** What subgraphs have answered so far, grown together. */
export type Tree = Record<string, unknown>;

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isComposite = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Parts of the answer that stand in several places: one entity was asked for once, and belongs wherever it was named.
 * Whoever would change such a part for one place takes a copy of it first.
 */
export type SharedParts = Set<object>;

/** What must be known to let an answer grow. */
export interface Growth {
  readonly shared: SharedParts;
  /** Whether a name is that of a type that no object has for its own. */
  readonly isAbstract: (type: string) => boolean;
  /** Copies of shared parts, as they were taken: an answer on its way to a part belongs to its copies as well. */
  readonly copies: (readonly [part: object, copy: object])[];
}

/**
 * A copy of its own for another place of the operation, where other fields may be added under the same names. What
 * stands in several places of it does so in the copy.
 */
export function deepCopy(value: unknown, shared: SharedParts, copies: Map<object, object> = new Map()): unknown {
  if (!isComposite(value)) return value;
  const known = copies.get(value);
  if (known) return known;
  const copy: object = Array.isArray(value) ? [] : {};
  copies.set(value, copy);
  if (shared.has(value)) shared.add(copy);
  for (const [key, child] of Object.entries(value)) (copy as Tree)[key] = deepCopy(child, shared, copies);
  return copy;
}

function copyOf<Part extends object>(part: Part, { shared, copies }: Growth): Part {
  share(part, shared);
  const copy = (Array.isArray(part) ? [...part] : { ...part }) as Part;
  copies.push([part, copy]);
  return copy;
}

/** Notes that what something holds is about to stand in one more place. */
export function share(part: object, shared: SharedParts): void {
  for (const child of Object.values(part)) if (isComposite(child)) shared.add(child);
}

function mergedLists(present: unknown[], value: readonly unknown[], growth: Growth): unknown[] {
  const { shared } = growth;
  if (shared.has(value)) share(value, shared);
  const into = shared.has(present) ? copyOf(present, growth) : present;
  for (let index = 0; index < value.length; index += 1) into[index] = merged(into[index], value[index], growth);
  return into;
}

function merged(present: unknown, value: unknown, growth: Growth): unknown {
  if (!isComposite(present)) return value;
  // One subgraph's failure does not take away what another found.
  if (value === null) return present;
  if (Array.isArray(value)) {
    return Array.isArray(present) && present.length === value.length ? mergedLists(present, value, growth) : value;
  }
  if (!isTree(value) || Array.isArray(present)) return value;
  if (present === value) return present;
  const { shared } = growth;
  if (shared.has(value)) share(value, shared);
  const into = shared.has(present) ? copyOf(present as Tree, growth) : (present as Tree);
  merge(into, value, growth);
  return into;
}

/** Adds what came later to a part of the answer. What came is taken over, not copied. */
export function merge(target: Tree, source: Tree, growth: Growth): void {
  for (const key in source) {
    const value = source[key];
    // No client can ask for such a field; a subgraph that answers it means harm.
    if (value === undefined || key === '__proto__') continue;
    // A subgraph that knows an interface as an object calls by its name what others know better.
    if (key === '__typename' && typeof target[key] === 'string' && growth.isAbstract(value as string)) continue;
    target[key] = merged(target[key], value, growth);
  }
}
