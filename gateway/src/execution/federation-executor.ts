import { Supergraph } from '@apollo/federation-internals';
import type { SubgraphOperation } from '@gastronom/shared/subgraph';
import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  separateOperations,
} from 'graphql';
import { fragmentsOf } from '../documents/fragments.ts';
import type { GatewayContext } from '../graphql/context.ts';
import { AnswerText } from './answer-text.ts';
import type { Tree } from './answer-tree.ts';
import type { Writing } from './answer-writer.ts';
import { type ComposedDirectives, composedDirectives } from './composed-directives.ts';
import { asksSubgraphs, withoutIntrospection, withPlainRoot } from './introspection.ts';
import { knownTypes } from './known-types.ts';
import { inOrder, type Plan } from './plan.ts';
import type { Planner } from './planner.ts';
import { createPlanner } from './planners.ts';
import { operationOf, PreparedOperation, type Variant } from './prepared-operation.ts';
import { type NamedOperation, type PlanStatistics, PreparedOperations } from './prepared-operations.ts';
import { type PrivateNames, privateNames } from './private-names.ts';
import { type PlanRun, runPlan, type Variables } from './run-plan.ts';
import { type TypeRelations, typeRelations } from './type-relations.ts';
import { unexplained } from './unexplained-gaps.ts';
import { WholeSelections } from './whole-selections.ts';

/** Asks one subgraph; rejects with a GraphQLError where it cannot be asked. */
export type Ask = (subgraph: string, operation: SubgraphOperation, context: GatewayContext) => Promise<ExecutionResult>;

export interface FederationExecutorOptions {
  readonly supergraphSdl: string;
  readonly planner: Planner['name'];
  readonly ask: Ask;
  /** Told of each operation that the planner found no plan for or did not survive, so that Apollo's planned it. */
  readonly onPlannerFailure?: () => void;
  /** How many documents are remembered with their plans at most. */
  readonly planLimit?: number;
}

export interface FederationRequest extends NamedOperation {
  /** As the client sent them. */
  readonly variables?: Variables | undefined;
  readonly context: GatewayContext;
}

/** What an execution came to. The data are text: whoever wants to look into them reads it. */
export interface FederationAnswer {
  readonly data?: AnswerText;
  readonly errors?: readonly GraphQLError[];
}

/** Runs operations over the subgraphs of a supergraph, by a planner's plans. */
export class FederationExecutor {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly plannerName: Planner['name'];
  readonly #planner: Planner;
  readonly #types: TypeRelations;
  readonly #directives: ComposedDirectives;
  readonly #names: PrivateNames;
  readonly #whole: WholeSelections;
  readonly #ask: Ask;
  readonly #prepared: PreparedOperations;

  constructor(options: FederationExecutorOptions, supergraph: Supergraph, planner: Planner) {
    this.plannerName = planner.name;
    this.#planner = planner;
    const document = parse(options.supergraphSdl, { noLocation: true });
    this.#directives = composedDirectives(supergraph.apiSchema().toGraphQLJSSchema(), document);
    this.schema = this.#directives.schema;
    this.#types = typeRelations(document);
    this.#names = privateNames(document);
    this.#whole = new WholeSelections(knownTypes(document));
    this.#ask = options.ask;
    this.#prepared = new PreparedOperations((named) => this.#prepare(named), options.planLimit);
  }

  /** Plans ahead, for good: as for a request that leaves out what it may. */
  async prepare(named: NamedOperation): Promise<void> {
    this.#prepared.keep(named.document);
    await this.plan(named);
  }

  /** How an operation is answered. The variables in its conditions decide over its plan. */
  async plan({ variables = {}, ...named }: Omit<FederationRequest, 'context'>): Promise<Plan> {
    const prepared = this.#prepared.get(named);
    const coercion = prepared.coerce(variables);
    return prepared.variant('errors' in coercion ? {} : coercion.coerced).plan;
  }

  get statistics(): PlanStatistics {
    return this.#prepared.statistics;
  }

  /** The same as `answer`, with data to look into. */
  async execute(request: FederationRequest): Promise<ExecutionResult> {
    const { data, errors } = await this.answer(request);
    return { ...(errors ? { errors } : {}), ...(data ? { data: data.toJSON() } : {}) };
  }

  async answer(request: FederationRequest): Promise<FederationAnswer> {
    const { context, variables = {} } = request;
    const prepared = this.#prepared.get(request);
    const coercion = prepared.coerce(variables);
    if ('errors' in coercion) return { errors: coercion.errors };
    const { coerced } = coercion;
    const variant = prepared.variant(coerced);
    const run: PlanRun = {
      types: this.#types,
      ask: ({ subgraph, operation, operationName }, values) =>
        this.#ask(subgraph, { query: operation, operationName, variables: values }, context),
      variables,
      data: {},
      growth: { shared: new Set(), isAbstract: this.#types.isAbstract, copies: [] },
      errors: [],
      lost: [],
    };
    await runPlan(await variant.plan, run);
    return this.#write(variant, run, coerced);
  }

  #write({ write, introspection }: Variant, run: PlanRun, coerced: Variables): FederationAnswer {
    const { data, growth, errors, lost } = run;
    const texts = introspection(coerced);
    const writing: Writing = {
      shared: growth.shared,
      errors: [],
      path: [],
      written: new Map(),
      introspection: (name) => texts.get(name) ?? 'null',
    };
    const text = new AnswerText(write(data satisfies Tree, writing) ?? 'null');
    const all = writing.errors.length === 0 ? errors : [...errors, ...unexplained(writing.errors, errors, lost)];
    return all.length > 0 ? { errors: all, data: text } : { data: text };
  }

  #prepare({ document: whole, operationName: name }: NamedOperation): PreparedOperation {
    const operation = operationOf(whole, name);
    // Fragments of other operations hang on variables that this one does not have.
    const document = separateOperations(whole)[operation.name?.value ?? ''] ?? whole;
    const planOf = async (chosen: DocumentNode) => {
      const plan = await this.#plan(chosen, name);
      this.#prepared.weigh(whole, plan);
      return plan;
    };
    return new PreparedOperation({ schema: this.schema, names: this.#names, document, operation, planOf });
  }

  /** Plans an operation without conditions. */
  async #plan(document: DocumentNode, name: string | undefined): Promise<Plan> {
    const operation = operationOf(document, name);
    if (!asksSubgraphs(operation.selectionSet, fragmentsOf(document))) return undefined;
    const isMutation = operation.operation === OperationTypeNode.MUTATION;
    const root = this.schema.getRootType(operation.operation)?.name ?? '';
    const ofSubgraphs = this.#names.apply(this.#directives.strip(withoutIntrospection(document)));
    const asked = isMutation ? withPlainRoot(ofSubgraphs, operationOf(ofSubgraphs, name), this.schema) : ofSubgraphs;
    const planned = await this.#planner.plan(asked, name);
    const plan = this.#whole.complete(planned, operationOf(asked, name), fragmentsOf(asked), root);
    return plan && isMutation ? inOrder(plan) : plan;
  }
}

export async function createFederationExecutor(options: FederationExecutorOptions): Promise<FederationExecutor> {
  const { supergraphSdl, onPlannerFailure = () => undefined } = options;
  // It was checked when it was composed.
  const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false });
  const planner = await createPlanner(options.planner, supergraphSdl, supergraph, onPlannerFailure);
  return new FederationExecutor(options, supergraph, planner);
}
