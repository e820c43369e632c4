import {
  type QueryPlan,
  type QueryPlanSelectionNode,
  type PlanNode as ShownNode,
  serializeQueryPlan,
} from '@apollo/query-planner';
import { OperationTypeNode } from 'graphql';
import type { Fetch, Path, Plan, PlanNode, Requirement } from './plan.ts';

const pathOf = (path: Path): string[] =>
  path.flatMap((step) => (step === 'each' ? '@' : 'field' in step ? step.field : []));

const selectionOf = (requirement: Requirement): QueryPlanSelectionNode =>
  requirement.kind === 'field'
    ? {
        kind: 'Field',
        name: requirement.to,
        ...(requirement.selections ? { selections: requirement.selections.map(selectionOf) } : {}),
      }
    : {
        kind: 'InlineFragment',
        typeCondition: requirement.type,
        selections: requirement.selections.map(selectionOf),
      };

function fetchOf({ subgraph, operation, operationName, isMutation, variables, entities, path }: Fetch): ShownNode {
  const node: ShownNode = {
    kind: 'Fetch',
    serviceName: subgraph,
    operation,
    operationName,
    operationKind: isMutation ? OperationTypeNode.MUTATION : OperationTypeNode.QUERY,
    variableUsages: [...variables],
    ...(entities.length > 0 ? { requires: entities.flatMap(({ requires }) => requires.map(selectionOf)) } : {}),
  };
  // Entities of several places are shown where the first of them stand: Apollo's form has one.
  const shown = pathOf(entities[0]?.paths[0] ?? path);
  return shown.length > 0 ? { kind: 'Flatten', path: shown, node } : node;
}

function nodeOf(node: PlanNode): ShownNode {
  switch (node.kind) {
    case 'fetch':
      return fetchOf(node);
    case 'sequence':
      return { kind: 'Sequence', nodes: node.nodes.map(nodeOf) };
    case 'parallel':
      return { kind: 'Parallel', nodes: node.nodes.map(nodeOf) };
  }
}

/** A plan in the form that Apollo Sandbox draws: as an object, or as text for people. */
export function shownPlan(plan: Plan, asObject: boolean): unknown {
  if (!plan) return true;
  const shown: QueryPlan = { kind: 'QueryPlan', node: nodeOf(plan) };
  return asObject ? shown : serializeQueryPlan(shown);
}
