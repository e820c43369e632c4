import { operationFromDocument, type Supergraph } from '@apollo/federation-internals';
import {
  type PlanNode as ApolloNode,
  type FetchDataRewrite,
  type FetchNode,
  QueryPlanner,
  type QueryPlanSelectionNode,
  type ResponsePath,
  type SubscriptionNode,
} from '@apollo/query-planner';
import type { EntityCall, Fetch, Path, PathStep, PlanNode, Requirement, Rewrite } from './plan.ts';
import type { Planner } from './planner.ts';

const fragment = '... on ';

const stepOf = (segment: string | number): PathStep => (segment === '@' ? 'each' : { field: String(segment) });
const stepsOf = (path: ResponsePath): PathStep[] => path.map(stepOf);

function requirementsOf(selections: readonly QueryPlanSelectionNode[]): Requirement[] {
  return selections.flatMap((selection): Requirement[] => {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name;
      const { selections: below } = selection;
      return [{ kind: 'field', from: name, to: name, selections: below && requirementsOf(below) }];
    }
    // Without a condition it says nothing that Apollo's own executor would read.
    if (!selection.typeCondition) return [];
    return [{ kind: 'fragment', type: selection.typeCondition, selections: requirementsOf(selection.selections) }];
  });
}

function rewriteOf(rewrite: FetchDataRewrite): Rewrite {
  const path = rewrite.path.map(
    (step): PathStep => (step.startsWith(fragment) ? { types: [step.slice(fragment.length)] } : { field: step }),
  );
  const last = path.pop();
  if (!last || last === 'each' || !('field' in last)) throw new Error('a rewrite ends at a field');
  const change = rewrite.kind === 'ValueSetter' ? { value: rewrite.setValueTo } : { name: rewrite.renameKeyTo };
  return { path, field: last.field, change };
}

const rewritesOf = (rewrites: readonly FetchDataRewrite[] | undefined): Rewrite[] => (rewrites ?? []).map(rewriteOf);

function fetchOf(node: FetchNode, path: Path): Fetch {
  const { serviceName, operation, operationName, operationKind, variableUsages = [], requires } = node;
  const outputRewrites = rewritesOf(node.outputRewrites);
  const call = (): EntityCall => ({
    alias: '_entities',
    variable: 'representations',
    paths: [path],
    requires: requirementsOf(requires ?? []),
    inputRewrites: rewritesOf(node.inputRewrites),
    outputRewrites,
  });
  return {
    kind: 'fetch',
    subgraph: serviceName,
    operation,
    operationName,
    isMutation: operationKind === 'mutation',
    variables: variableUsages,
    entities: requires ? [call()] : [],
    path,
    outputRewrites: requires ? [] : outputRewrites,
  };
}

function nodeOf(node: ApolloNode | SubscriptionNode, path: Path): PlanNode {
  switch (node.kind) {
    case 'Fetch':
      return fetchOf(node, path);
    case 'Flatten':
      return nodeOf(node.node, [...path, ...stepsOf(node.path)]);
    case 'Sequence':
      return { kind: 'sequence', nodes: node.nodes.map((child) => nodeOf(child, path)) };
    case 'Parallel':
      return { kind: 'parallel', nodes: node.nodes.map((child) => nodeOf(child, path)) };
    default:
      throw new Error(`a plan with a ${node.kind} cannot be run`);
  }
}

/** As many plans of an operation as are weighed: with its default of 10,000 it may take a quarter of a minute. */
export const maxEvaluatedPlans = 100;

/** Apollo's planner, in JavaScript: runs wherever Node does. */
export function apolloPlanner(supergraph: Supergraph): Planner {
  const schema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, { debug: { maxEvaluatedPlans } });
  return {
    name: 'apollo',
    async plan(document, operationName) {
      const { node } = planner.buildQueryPlan(operationFromDocument(schema, document, { operationName }));
      return node && nodeOf(node, []);
    },
  };
}
