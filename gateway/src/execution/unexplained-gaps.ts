import type { GraphQLError } from 'graphql';
import type { AnswerPath } from './targets.ts';

const keyOf = (path: readonly unknown[]): string => JSON.stringify(path);

/**
 * The gaps in an answer that no error of a subgraph explains: a subgraph answered null where the whole graph promises a
 * value. An error explains a gap where it stands, and above and below it; one that names no place explains them all.
 * @param lost where a subgraph answered nothing at all: whatever is missing there was its to answer.
 */
export function unexplained(
  gaps: readonly GraphQLError[],
  errors: readonly GraphQLError[],
  lost: readonly AnswerPath[],
): readonly GraphQLError[] {
  const places = errors.map(({ path }) => path);
  if (places.includes(undefined)) return [];
  const at = new Set(lost.map(keyOf));
  const above = new Set<string>();
  for (const path of places) {
    if (!path) continue;
    at.add(keyOf(path));
    for (let length = 0; length <= path.length; length += 1) above.add(keyOf(path.slice(0, length)));
  }
  return gaps.filter(({ path = [] }) => {
    if (above.has(keyOf(path))) return false;
    return !at.has('[]') && !path.some((_, length) => at.has(keyOf(path.slice(0, length + 1))));
  });
}
