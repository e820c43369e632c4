import type { GraphQLError } from 'graphql';

const keyOf = (path: readonly unknown[]): string => JSON.stringify(path);

/**
 * The gaps in an answer that no error of a subgraph explains: a subgraph answered null where the whole graph promises a
 * value. An error explains a gap where it stands, and above and below it; one that names no place explains them all.
 */
export function unexplained(gaps: readonly GraphQLError[], errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const places = errors.map(({ path }) => path);
  if (places.includes(undefined)) return [];
  const at = new Set<string>();
  const above = new Set<string>();
  for (const path of places) {
    if (!path) continue;
    at.add(keyOf(path));
    for (let length = 0; length <= path.length; length += 1) above.add(keyOf(path.slice(0, length)));
  }
  return gaps.filter(({ path = [] }) => {
    if (above.has(keyOf(path))) return false;
    return !path.some((_, length) => at.has(keyOf(path.slice(0, length + 1))));
  });
}
