import { ApolloGateway } from '@apollo/gateway';
import { createLogger } from '@gastronom/shared/logger';
import { anonymous } from '@gastronom/shared/viewer';
import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { withoutTelemetry } from '../../src/env.ts';
import { maxEvaluatedPlans } from '../../src/execution/apollo-planner.ts';
import { createFederationExecutor } from '../../src/execution/federation-executor.ts';
import type { GatewayContext } from '../../src/graphql/context.ts';
import type { Conduct } from './conduct.ts';
import { MisuseError } from './invention.ts';
import { type Asked, InMemorySubgraphs } from './subgraphs.ts';
import type { World } from './world.ts';

/** One operation, and how the subgraphs behave while it runs. */
export interface Case {
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly conduct: Conduct;
}

/** What came of it. */
export interface Outcome {
  readonly data: unknown;
  readonly errors: readonly GraphQLFormattedError[];
  /** Root fields of mutations, as they ran. */
  readonly log: readonly string[];
  /** What was sent to subgraphs, in its order. */
  readonly sent: readonly string[];
}

export type EngineName = 'stock Apollo' | 'own, Apollo’s plan' | 'own, Hive’s plan';

export interface Engine {
  readonly name: EngineName;
  /** Whether Apollo's planner stood in for Hive's in the last run. */
  readonly substituted: boolean;
  run(given: Case): Promise<Outcome>;
}

type Send = (asked: Asked) => Promise<ExecutionResult>;

const logger = createLogger('differential', 'silent');
const context: GatewayContext = { viewer: anonymous, requestId: 'differential', logger };

const formatted = (errors: readonly GraphQLError[] = []): GraphQLFormattedError[] =>
  // Some of Apollo's own are plain ones.
  errors.map((error) => ({ message: error.message, ...JSON.parse(JSON.stringify(error)) }));

/** Runs cases one after the other, and keeps what is said between gateway and subgraphs. */
abstract class RecordingEngine implements Engine {
  abstract readonly name: EngineName;
  readonly #subgraphs: InMemorySubgraphs;
  #conduct: Conduct | undefined;
  #log: string[] = [];
  #sent: string[] = [];
  #misuse: MisuseError | undefined;
  substituted = false;

  constructor(world: World) {
    this.#subgraphs = new InMemorySubgraphs(world);
  }

  protected readonly send: Send = async (asked) => {
    if (!this.#conduct) throw new Error('nothing runs');
    this.#sent.push(`${asked.subgraph}: ${asked.query} ${JSON.stringify(asked.variables ?? {})}`);
    try {
      return await this.#subgraphs.ask(this.#conduct, asked, this.#log);
    } catch (error) {
      if (error instanceof MisuseError) this.#misuse = error;
      throw error;
    }
  };

  protected abstract answer(given: Case): Promise<ExecutionResult>;

  async run(given: Case): Promise<Outcome> {
    [this.#conduct, this.#log, this.#sent, this.#misuse] = [given.conduct, [], [], undefined];
    this.substituted = false;
    const { data, errors, extensions } = await this.answer(given);
    if (this.#misuse) throw this.#misuse;
    // Apollo tells of nulls where there must be none outside of the errors, and then alone.
    const completion = (extensions?.valueCompletion ?? []) as readonly GraphQLError[];
    return {
      data: data === undefined ? undefined : JSON.parse(JSON.stringify(data)),
      errors: formatted([...(errors ?? []), ...completion]),
      log: this.#log,
      sent: this.#sent,
    };
  }
}

type ApolloExecutor = Awaited<ReturnType<ApolloGateway['load']>>['executor'];

/** The reference: Apollo's gateway as it is, without a server around it. */
class StockApollo extends RecordingEngine {
  readonly name = 'stock Apollo';
  readonly #world: World;
  readonly #executor: Promise<ApolloExecutor>;
  #count = 0;

  constructor(world: World) {
    super(world);
    withoutTelemetry();
    this.#world = world;
    const gateway = new ApolloGateway({
      supergraphSdl: world.supergraphSdl,
      queryPlannerConfig: { debug: { maxEvaluatedPlans } },
      buildService: ({ name }) => ({
        process: ({ request: { query = '', operationName, variables } }) =>
          this.send({ subgraph: name, query, operationName, variables }) as Promise<never>,
      }),
    });
    this.#executor = gateway.load().then(({ executor }) => executor);
  }

  protected async answer({ document, operationName, variables }: Case): Promise<ExecutionResult> {
    const executor = await this.#executor;
    const query = '';
    this.#count += 1;
    const request = { query, operationName, variables: structuredClone(variables) };
    const requestContext = {
      request,
      document,
      operationName: operationName ?? null,
      queryHash: String(this.#count),
      source: query,
      schema: this.#world.api,
      context,
      logger,
      metrics: {},
      cache: undefined,
      overallCachePolicy: undefined,
    };
    return (await executor(requestContext as unknown as Parameters<ApolloExecutor>[0])) as ExecutionResult;
  }
}

class OwnExecutor extends RecordingEngine {
  readonly name: EngineName;
  readonly #executor: ReturnType<typeof createFederationExecutor>;

  constructor(world: World, planner: 'hive' | 'apollo') {
    super(world);
    this.name = planner === 'hive' ? 'own, Hive’s plan' : 'own, Apollo’s plan';
    this.#executor = createFederationExecutor({
      supergraphSdl: world.supergraphSdl,
      planner,
      ask: (subgraph, operation) => this.send({ subgraph, ...operation }),
      planLimit: 50,
      onPlannerFailure: () => {
        this.substituted = true;
      },
    });
  }

  protected async answer({ document, operationName, variables }: Case): Promise<ExecutionResult> {
    const executor = await this.#executor;
    return executor.execute({ document, operationName, variables: structuredClone(variables), context });
  }
}

export interface Engines {
  readonly apollo: Engine;
  readonly ownApollo: Engine;
  readonly ownHive: Engine;
}

export const createEngines = (world: World): Engines => ({
  apollo: new StockApollo(world),
  ownApollo: new OwnExecutor(world, 'apollo'),
  ownHive: new OwnExecutor(world, 'hive'),
});
