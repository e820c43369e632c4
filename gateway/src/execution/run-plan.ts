import { type SharedResult, sharedParts } from '@gastronom/shared/compiled/execution';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { deepCopy, isTree, merge, type SharedParts, share, type Tree } from './answer-tree.ts';
import { followCopies, type Growing, type Named, nameEntities } from './name-entities.ts';
import type { Fetch, Plan, PlanNode } from './plan.ts';
import { applyRewrites } from './rewrites.ts';
import { badAnswer, errorOf, publicPath } from './subgraph-errors.ts';
import { type AnswerPath, placesOf, visitTargets } from './targets.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** Asks a subgraph; rejects with a GraphQLError where it cannot be asked. */
export type AskSubgraph = (
  fetch: Pick<Fetch, 'subgraph' | 'operation' | 'operationName'>,
  variables: Variables,
) => Promise<ExecutionResult>;

/** One execution of a plan. */
export interface PlanRun extends Growing {
  readonly ask: AskSubgraph;
  /** As the client gave them. */
  readonly variables: Variables;
  readonly errors: GraphQLError[];
  /** Where a subgraph answered nothing at all, and said why. */
  readonly lost: AnswerPath[];
}

/** What a subgraph answered of entities, handed out: the same to all targets of one path, a copy to each further path. */
class Entities {
  readonly #came: readonly unknown[];
  readonly #shared: SharedParts;
  readonly #byPath: Tree[][] = [];
  readonly #used = new Set<number>();

  constructor(came: readonly unknown[], shared: SharedParts) {
    this.#came = came;
    this.#shared = shared;
  }

  /** @param change what is to be done once to each. */
  take(index: number, path: number, change: (entity: Tree) => void): Tree | undefined {
    this.#byPath[path] ??= [];
    const ofPath = this.#byPath[path];
    const known = ofPath[index];
    if (known) {
      share(known, this.#shared);
      return known;
    }
    const came = this.#came[index];
    if (!isTree(came)) return undefined;
    const isNew = !this.#used.has(index);
    if (isNew) change(came);
    this.#used.add(index);
    const entity = isNew ? came : (deepCopy(came, this.#shared) as Tree);
    ofPath[index] = entity;
    return entity;
  }
}

function takeEntities(
  { call, representations, targets, indexes, paths }: Named,
  subgraph: string,
  answer: Tree,
  run: PlanRun,
) {
  const came = answer[call.alias];
  if (came === null || came === undefined) return;
  if (!Array.isArray(came) || came.length !== representations.length) {
    throw badAnswer(subgraph, `was asked for ${representations.length} entities and did not answer as many`);
  }
  const entities = new Entities(came, run.growth.shared);
  for (const [at, target] of targets.entries()) {
    const entity = entities.take(indexes[at] as number, paths[at] as number, (first) => {
      if (call.outputRewrites.length === 0) return;
      // Rewrites may hang on the type, which is that of whoever was named.
      first.__typename ??= target.__typename;
      applyRewrites(first, call.outputRewrites, run.types);
    });
    if (entity) merge(target, entity, run.growth);
  }
}

/** Where errors of entities belong in the answer: everywhere that the entity was named. */
function entityPlaces({ call, targets, indexes }: Named, run: PlanRun): AnswerPath[][] {
  const indexOf = new Map(targets.map((target, at) => [target, indexes[at] as number]));
  const places: AnswerPath[][] = [];
  for (const path of call.paths) {
    for (const [place, target] of placesOf(run.data, path, run.types)) {
      const index = indexOf.get(target);
      if (index === undefined) continue;
      places[index] ??= [];
      places[index].push(place);
    }
  }
  return places;
}

const formatted = (errors: ExecutionResult['errors']): readonly GraphQLFormattedError[] => errors ?? [];

function takeEntityErrors(
  fetch: Fetch,
  called: readonly Named[],
  { data, errors }: ExecutionResult,
  run: PlanRun,
): void {
  const places = new Map<Named, AnswerPath[][]>();
  for (const error of formatted(errors)) {
    const [alias, index, ...rest] = error.path ?? [];
    const named = called.find(({ call }) => call.alias === alias);
    if (named && !places.has(named)) places.set(named, entityPlaces(named, run));
    const found = named && typeof index === 'number' ? places.get(named)?.[index] : undefined;
    if (!found) run.errors.push(errorOf(error, fetch.subgraph, undefined));
    else for (const place of found) run.errors.push(errorOf(error, fetch.subgraph, [...place, ...rest]));
    const entities = data?.[String(alias)];
    const isThere = Array.isArray(entities) && isTree(entities[Number(index)]);
    if (found && !isThere) run.lost.push(...found.map(publicPath));
  }
}

/** A subgraph in this process says which objects of its answer stand in several places already. */
async function answerOf(fetch: Fetch, variables: Variables, run: PlanRun): Promise<ExecutionResult> {
  const result: SharedResult = await run.ask(fetch, variables);
  for (const part of result[sharedParts] ?? []) run.growth.shared.add(part);
  return result;
}

async function runEntityFetch(fetch: Fetch, variables: Record<string, unknown>, run: PlanRun): Promise<void> {
  const called = fetch.entities.map((call) => nameEntities(call, run));
  if (called.every(({ representations }) => representations.length === 0)) return;
  for (const { call, representations } of called) variables[call.variable] = representations;
  const result = await answerOf(fetch, variables, run);
  const { data } = result;
  for (const named of called) followCopies(named, run.growth);
  // Places are looked up before the answer moves them.
  if (result.errors) takeEntityErrors(fetch, called, result, run);
  if (isTree(data)) for (const named of called) takeEntities(named, fetch.subgraph, data, run);
}

async function runRootFetch(fetch: Fetch, variables: Variables, run: PlanRun): Promise<void> {
  const { path, subgraph, outputRewrites } = fetch;
  const targets = path.length === 0 ? [run.data] : [];
  if (path.length > 0) visitTargets(run.data, path, run.types, (target) => targets.push(target));
  if (targets.length === 0) return;
  const { data, errors } = await answerOf(fetch, variables, run);
  const places = errors && placesOf(run.data, path, run.types);
  for (const error of formatted(errors)) {
    for (const [place] of places ?? []) {
      run.errors.push(errorOf(error, subgraph, error.path && [...place, ...error.path]));
    }
  }
  if (!isTree(data)) {
    for (const [place] of places ?? []) run.lost.push(publicPath(place));
    return;
  }
  applyRewrites(data, outputRewrites, run.types);
  if (targets.length > 1) share(data, run.growth.shared);
  for (const target of targets) merge(target, data, run.growth);
}

/** A fault of ours: told to the log, and masked. */
const unexpected = (error: unknown, subgraph: string): GraphQLError =>
  new GraphQLError(`Fetching from the ${subgraph} subgraph failed.`, {
    originalError: error instanceof Error ? error : new Error(String(error)),
  });

async function runFetch(fetch: Fetch, run: PlanRun): Promise<void> {
  const variables: Record<string, unknown> = {};
  for (const name of fetch.variables) {
    const value = Object.hasOwn(run.variables, name) ? run.variables[name] : undefined;
    if (value !== undefined) variables[name] = value;
  }
  try {
    await (fetch.entities.length > 0 ? runEntityFetch : runRootFetch)(fetch, variables, run);
  } catch (error) {
    run.errors.push(error instanceof GraphQLError ? error : unexpected(error, fetch.subgraph));
  }
}

async function runNode(node: PlanNode, run: PlanRun): Promise<void> {
  switch (node.kind) {
    case 'fetch':
      return runFetch(node, run);
    case 'sequence':
      for (const child of node.nodes) await runNode(child, run);
      return;
    case 'parallel':
      await Promise.all(node.nodes.map((child) => runNode(child, run)));
  }
}

/** Fetches all that a plan names, and grows the answer by it. A fetch that fails leaves its error, and a gap. */
export async function runPlan(plan: Plan, run: PlanRun): Promise<void> {
  if (plan) await runNode(plan, run);
}
