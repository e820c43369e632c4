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
import { LRUCache } from 'lru-cache';
import type { GatewayContext } from '../graphql/context.ts';
import { AnswerText } from './answer-text.ts';
import type { Tree } from './answer-tree.ts';
import type { Writing } from './answer-writer.ts';
import { type ComposedDirectives, composedDirectives } from './composed-directives.ts';
import { asksSubgraphs, withoutIntrospection } from './introspection.ts';
import { knownTypes } from './known-types.ts';
import { inOrder, type Plan } from './plan.ts';
import type { Planner } from './planner.ts';
import { createPlanner } from './planners.ts';
import { fragmentsOf, operationOf, PreparedOperation, type Variant } from './prepared-operation.ts';
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
  /** Told of each operation that the planner could not bear, so that Apollo's planned it. */
  readonly onPlannerGone?: () => void;
  /** How many operations are remembered with their plans. */
  readonly planLimit?: number;
}

export interface FederationRequest {
  /** Validated against the executor's schema. */
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  /** As the client sent them. */
  readonly variables?: Variables | undefined;
  readonly context: GatewayContext;
}

type Named = Pick<FederationRequest, 'document' | 'operationName'>;
type Planned = Pick<FederationRequest, 'document' | 'operationName' | 'variables'>;

/** What an execution came to. The data are text: whoever wants to look into them reads it. */
export interface FederationAnswer {
  readonly data?: AnswerText;
  readonly errors?: readonly GraphQLError[];
}

export interface PlanStatistics {
  readonly plans: number;
  readonly hits: number;
  readonly misses: number;
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
  readonly #prepared: LRUCache<DocumentNode, Map<string, PreparedOperation>>;
  readonly #kept = new Map<DocumentNode, Map<string, PreparedOperation>>();
  #hits = 0;
  #misses = 0;

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
    this.#prepared = new LRUCache({ max: options.planLimit ?? 2_000 });
  }

  /** Plans ahead, for good: as for a request that leaves out what it may. */
  async prepare(named: Named): Promise<void> {
    const { document } = named;
    if (!this.#kept.has(document)) this.#kept.set(document, this.#prepared.get(document) ?? new Map());
    await this.plan(named);
  }

  /** How an operation is answered. The variables in its conditions decide over its plan. */
  async plan({ variables = {}, ...named }: Planned): Promise<Plan> {
    const prepared = this.#operation(named);
    const coercion = prepared.coerce(variables);
    return prepared.variant('errors' in coercion ? {} : coercion.coerced).plan;
  }

  get statistics(): PlanStatistics {
    return { plans: this.#kept.size + this.#prepared.size, hits: this.#hits, misses: this.#misses };
  }

  /** The same as `answer`, with data to look into. */
  async execute(request: FederationRequest): Promise<ExecutionResult> {
    const { data, errors } = await this.answer(request);
    return { ...(errors ? { errors } : {}), ...(data ? { data: data.toJSON() } : {}) };
  }

  async answer(request: FederationRequest): Promise<FederationAnswer> {
    const { context, variables = {} } = request;
    const prepared = this.#operation(request);
    const coercion = prepared.coerce(variables);
    if ('errors' in coercion) return { errors: coercion.errors };
    const { coerced } = coercion;
    const variant = prepared.variant(coerced);
    const run: PlanRun = {
      types: this.#types,
      isTrue: (name) => coerced[name] === true,
      ask: ({ subgraph, operation, operationName }, values) =>
        this.#ask(subgraph, { query: operation, operationName, variables: values }, context),
      variables,
      data: {},
      growth: { shared: new Set(), isAbstract: this.#types.isAbstract, copies: [] },
      errors: [],
    };
    await runPlan(await variant.plan, run);
    return this.#write(variant, run, coerced);
  }

  #write({ write, introspection }: Variant, { data, growth, errors }: PlanRun, coerced: Variables): FederationAnswer {
    const texts = introspection(coerced);
    const writing: Writing = {
      shared: growth.shared,
      errors: [],
      path: [],
      written: new Map(),
      introspection: (name) => texts.get(name) ?? 'null',
    };
    const text = new AnswerText(write(data satisfies Tree, writing) ?? 'null');
    const all = writing.errors.length === 0 ? errors : [...errors, ...unexplained(writing.errors, errors)];
    return all.length > 0 ? { errors: all, data: text } : { data: text };
  }

  #operation({ document, operationName = '' }: Named): PreparedOperation {
    const remembered = this.#kept.get(document) ?? this.#prepared.get(document);
    const known = remembered?.get(operationName);
    if (known) {
      this.#hits += 1;
      return known;
    }
    this.#misses += 1;
    const named = remembered ?? new Map<string, PreparedOperation>();
    if (!remembered) this.#prepared.set(document, named);
    const prepared = this.#prepare(document, operationName === '' ? undefined : operationName);
    named.set(operationName, prepared);
    return prepared;
  }

  #prepare(whole: DocumentNode, name: string | undefined): PreparedOperation {
    const operation = operationOf(whole, name);
    // Fragments of other operations hang on variables that this one does not have.
    const document = separateOperations(whole)[operation.name?.value ?? ''] ?? whole;
    const planOf = (chosen: DocumentNode) => this.#plan(chosen, name);
    return new PreparedOperation({ schema: this.schema, names: this.#names, document, operation, planOf });
  }

  /** Plans an operation without conditions. */
  async #plan(document: DocumentNode, name: string | undefined): Promise<Plan> {
    const operation = operationOf(document, name);
    if (!asksSubgraphs(operation.selectionSet, fragmentsOf(document))) return undefined;
    const asked = this.#names.apply(this.#directives.strip(withoutIntrospection(document)));
    const root = this.schema.getRootType(operation.operation)?.name ?? '';
    const planned = await this.#planner.plan(asked, name);
    const plan = this.#whole.complete(planned, operationOf(asked, name), fragmentsOf(asked), root);
    return plan && operation.operation === OperationTypeNode.MUTATION ? inOrder(plan) : plan;
  }
}

export async function createFederationExecutor(options: FederationExecutorOptions): Promise<FederationExecutor> {
  const { supergraphSdl, onPlannerGone = () => undefined } = options;
  // It was checked when it was composed.
  const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false });
  const planner = await createPlanner(options.planner, supergraphSdl, supergraph, onPlannerGone);
  return new FederationExecutor(options, supergraph, planner);
}
