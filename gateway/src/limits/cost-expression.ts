/** The variables of a request, as they came. */
export type Variables = Readonly<Record<string, unknown>>;

/** What is at hand when a cost is worked out: the variables, and what each fragment came to. */
export interface Scope {
  readonly variables: Variables;
  readonly fragments: readonly Worked[];
}

/** A cost that is known when the document is, or what works it out for a request. */
export type Cost = number | ((scope: Scope) => number);

/** What a selection costs: once, and again for each row of the page that it stands in. */
export interface SelectionCost {
  readonly once: Cost;
  readonly eachRow: Cost;
}

export interface Worked {
  readonly once: number;
  readonly eachRow: number;
}

export const free: SelectionCost = { once: 0, eachRow: 0 };

export const work = (cost: Cost, scope: Scope): number => (typeof cost === 'number' ? cost : cost(scope));

/** The sum of costs; those that are known are added up once. */
export function sum(costs: readonly Cost[]): Cost {
  let known = 0;
  const open: ((scope: Scope) => number)[] = [];
  for (const cost of costs) {
    if (typeof cost === 'number') known += cost;
    else open.push(cost);
  }
  const [only, ...others] = open;
  if (!only) return known;
  if (others.length === 0) return known === 0 ? only : (scope) => known + only(scope);
  return (scope) => {
    let total = known;
    for (const cost of open) total += cost(scope);
    return total;
  };
}

/** So many times a cost. */
export function times(count: Cost, cost: Cost): Cost {
  if (count === 0 || cost === 0) return 0;
  if (typeof count === 'number' && typeof cost === 'number') return count * cost;
  return (scope) => work(count, scope) * work(cost, scope);
}

export const sumSelections = (parts: readonly SelectionCost[]): SelectionCost => ({
  once: sum(parts.map(({ once }) => once)),
  eachRow: sum(parts.map(({ eachRow }) => eachRow)),
});

/** A selection's cost where a condition holds. */
export function onlyIf(condition: (variables: Variables) => boolean, { once, eachRow }: SelectionCost): SelectionCost {
  const guard = (cost: Cost): Cost =>
    cost === 0 ? 0 : (scope) => (condition(scope.variables) ? work(cost, scope) : 0);
  return { once: guard(once), eachRow: guard(eachRow) };
}
