/**
 * A query plan in our own form, whichever planner made it: what is fetched from which subgraph, in what order, and where
 * in the answer it belongs.
 */

/** One step into the answer: to a field, to each element of a list, or no further unless the object is of a type. */
export type PathStep = { readonly field: string } | { readonly types: readonly string[] } | 'each';
export type Path = readonly PathStep[];

/** A change to what is sent or came: planners use it where a subgraph knows a field or a type by another name. */
export interface Rewrite {
  /** To the objects that hold the field. */
  readonly path: Path;
  readonly field: string;
  /** What the field is set to, or what it is called from then on. */
  readonly change: { readonly value: unknown } | { readonly name: string };
}

/** What a subgraph needs to know of an entity, read from what was fetched before. */
export type Requirement =
  | {
      readonly kind: 'field';
      /** As it is called in the answer. */
      readonly from: string;
      /** As the subgraph calls it. */
      readonly to: string;
      readonly selections?: readonly Requirement[] | undefined;
    }
  | {
      readonly kind: 'fragment';
      readonly type: string;
      readonly selections: readonly Requirement[];
    };

/** Entities of one kind that a fetch completes. */
export interface EntityCall {
  /** The field of the answer in which they come, `_entities` unless there are several. */
  readonly alias: string;
  /** The variable that names them to the subgraph. */
  readonly variable: string;
  readonly paths: readonly Path[];
  readonly requires: readonly Requirement[];
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
}

/** One operation for one subgraph. */
export interface Fetch {
  readonly kind: 'fetch';
  readonly subgraph: string;
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly isMutation: boolean;
  /** The client's variables that it uses. */
  readonly variables: readonly string[];
  /** Empty where it asks for fields of a root type. */
  readonly entities: readonly EntityCall[];
  /** Where root fields are put: at the top, or in objects that lead back to it. */
  readonly path: Path;
  readonly outputRewrites: readonly Rewrite[];
}

/** Nothing hangs on variables: an operation is planned for one choice of its `@skip` and `@include`. */
export type PlanNode = Fetch | { readonly kind: 'sequence' | 'parallel'; readonly nodes: readonly PlanNode[] };

/** Nothing, where the gateway can answer by itself. */
export type Plan = PlanNode | undefined;

export function fetchesOf(plan: Plan): Fetch[] {
  if (!plan) return [];
  if (plan.kind === 'fetch') return [plan];
  return plan.nodes.flatMap(fetchesOf);
}

const isMutation = (node: PlanNode): boolean => fetchesOf(node).some((fetch) => fetch.isMutation);

/** Mutations run one after the other, and what one selects comes before the next: planners let it come beside that. */
export function inOrder(node: PlanNode): PlanNode {
  if (node.kind === 'fetch') return node;
  const nodes = node.nodes.map(inOrder);
  if (node.kind === 'sequence' || !nodes.some(isMutation)) return { kind: node.kind, nodes };
  const [changing, reading] = [nodes.filter(isMutation), nodes.filter((child) => !isMutation(child))];
  const first: readonly PlanNode[] = reading.length > 1 ? [{ kind: 'parallel', nodes: reading }] : reading;
  return { kind: 'sequence', nodes: [...first, ...changing] };
}
