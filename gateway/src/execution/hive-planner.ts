import type {
  EntityBatchAlias,
  FetchRewrite,
  FlattenNodePathSegment,
  PlanNode as NativeNode,
  RequiresSelection,
} from '@graphql-hive/router-query-planner';
import { print } from 'graphql';
import type { EntityCall, Fetch, Path, PathStep, PlanNode, Requirement, Rewrite } from './plan.ts';
import type { Planner } from './planner.ts';
import { plannerProcess } from './planner-process.ts';

function stepOf(segment: FlattenNodePathSegment): PathStep {
  if (segment === '@') return 'each';
  return 'Field' in segment ? { field: segment.Field } : { types: segment.TypeCondition };
}

function requirementOf(selection: RequiresSelection): Requirement {
  switch (selection.kind) {
    case 'Field':
      return {
        kind: 'field',
        from: selection.name,
        to: selection.alias ?? selection.name,
        selections: selection.selections?.map(requirementOf),
      };
    case 'InlineFragment':
      return {
        kind: 'fragment',
        type: selection.typeCondition,
        selections: selection.selections.map(requirementOf),
      };
    case 'FragmentSpread':
      throw new Error('a plan that needs named fragments cannot be read');
  }
}

function rewriteOf(rewrite: FetchRewrite): Rewrite {
  const setter = 'ValueSetter' in rewrite ? rewrite.ValueSetter : 'kind' in rewrite ? rewrite : undefined;
  const { path } = setter ?? (rewrite as Extract<FetchRewrite, { KeyRenamer: unknown }>).KeyRenamer;
  const steps = path.map((step): PathStep => ('Key' in step ? { field: step.Key } : { types: step.TypenameEquals }));
  const last = steps.pop();
  if (!last || last === 'each' || !('field' in last)) throw new Error('a rewrite ends at a field');
  const change = setter
    ? { value: setter.setValueTo }
    : { name: (rewrite as Extract<FetchRewrite, { KeyRenamer: unknown }>).KeyRenamer.renameKeyTo };
  return { path: steps, field: last.field, change };
}

const rewritesOf = (rewrites: readonly FetchRewrite[] | undefined): Rewrite[] => (rewrites ?? []).map(rewriteOf);

const callOf = (batch: EntityBatchAlias): EntityCall => ({
  alias: batch.alias,
  variable: batch.representationsVariableName,
  paths: batch.paths.map((path) => path.map(stepOf)),
  requires: batch.requires.map(requirementOf),
  inputRewrites: rewritesOf(batch.inputRewrites),
  outputRewrites: rewritesOf(batch.outputRewrites),
});

type NativeFetch = Extract<NativeNode, { kind: 'Fetch' | 'BatchFetch' }>;

function fetchOf(node: NativeFetch, path: Path): Fetch {
  const { serviceName, operation, operationName, operationKind, variableUsages = [] } = node;
  const fetch = {
    kind: 'fetch',
    subgraph: serviceName,
    operation,
    operationName,
    isMutation: operationKind === 'mutation',
    variables: variableUsages,
    outputRewrites: [] as readonly Rewrite[],
    path,
  } as const;
  if (node.kind === 'BatchFetch') return { ...fetch, entities: node.entityBatch.aliases.map(callOf) };
  const outputRewrites = rewritesOf(node.outputRewrites);
  if (!node.requires) return { ...fetch, entities: [], outputRewrites };
  const call: EntityCall = {
    alias: '_entities',
    variable: 'representations',
    paths: [path],
    requires: node.requires.map(requirementOf),
    inputRewrites: rewritesOf(node.inputRewrites),
    outputRewrites,
  };
  return { ...fetch, entities: [call] };
}

function nodeOf(node: NativeNode, path: Path): PlanNode {
  switch (node.kind) {
    case 'Fetch':
    case 'BatchFetch':
      return fetchOf(node, path);
    case 'Flatten':
      return nodeOf(node.node, [...path, ...node.path.map(stepOf)]);
    case 'Sequence':
      return { kind: 'sequence', nodes: node.nodes.map((child) => nodeOf(child, path)) };
    case 'Parallel':
      return { kind: 'parallel', nodes: node.nodes.map((child) => nodeOf(child, path)) };
    default:
      throw new Error(`a plan with a ${node.kind} cannot be run`);
  }
}

/** Hive's planner: native, prebuilt for the usual platforms, in well under a millisecond an operation. */
export function hivePlanner(supergraphSdl: string, process = plannerProcess): Planner {
  return {
    name: 'hive',
    async plan(document, operationName) {
      const graph = await process.know(supergraphSdl);
      const node = await process.plan(graph, print(document), operationName);
      return node && nodeOf(node, []);
    },
  };
}
