import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '@gastronom/shared/logger';
import type { SubgraphDirectory } from '@gastronom/shared/subgraph';
import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { type GatewaySettings, withoutTelemetry } from '../env.ts';
import { type Ask, createFederationExecutor, type FederationExecutor } from '../execution/federation-executor.ts';
import { ownGateway } from '../execution/own-gateway.ts';
import { fetchesOf } from '../execution/plan.ts';
import { countPlannerFailure, watchPlans } from '../execution/plan-metrics.ts';
import { type AskOne, askSubgraph } from './ask-subgraph.ts';
import type { GatewayContext } from './context.ts';
import type { ExecutingGateway } from './executor.ts';
import { subgraphTimeout } from './graphql-settings.ts';

type ApolloAnswer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** Apollo's own gateway, for comparison. It asks subgraphs as ours does. */
function apolloGateway(
  supergraphSdl: string,
  askOne: (name: string) => AskOne,
  settings: GatewaySettings,
  logger: Logger,
) {
  withoutTelemetry();
  return new ApolloGateway({
    supergraphSdl,
    buildService({ name }): GraphQLDataSource<GatewayContext> {
      const ask = askOne(name);
      return {
        process: async ({ request: { query = '', operationName, variables }, context }) =>
          (await ask({ query, operationName, variables }, context as GatewayContext)) as ApolloAnswer,
      };
    },
    logger,
    // Sandbox draws the plan of a query; in production it would tell of fields that are not public.
    __exposeQueryPlanExperimental: !settings.production,
  });
}

/** What runs operations over the subgraphs. */
export interface Federation {
  /** Where Apollo Server expects a gateway. */
  readonly gateway: ExecutingGateway;
  /** Plans and compiles the operations of a document ahead of their first run. */
  prepare(document: DocumentNode): Promise<void>;
}

const operationsOf = ({ definitions }: DocumentNode): OperationDefinitionNode[] =>
  definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);

function ownFederation(
  executor: FederationExecutor,
  subgraphs: SubgraphDirectory,
  gateway: ExecutingGateway,
): Federation {
  const unwatch = watchPlans(executor);
  return {
    gateway: {
      ...gateway,
      async stop() {
        unwatch();
        await gateway.stop();
      },
    },
    async prepare(document) {
      for (const { name, operation } of operationsOf(document)) {
        // Subscriptions are run as the queries that they are twins of, which are documents of their own.
        if (operation === OperationTypeNode.SUBSCRIPTION) continue;
        const named = { document, operationName: name?.value };
        await executor.prepare(named);
        const fetches = fetchesOf(await executor.plan(named));
        for (const fetch of fetches) subgraphs(fetch.subgraph).prepare?.(fetch.operation);
      }
    },
  };
}

/** `EXECUTOR` says whether ours or Apollo's runs operations, `PLANNER` whose plans ours runs. */
export async function createFederation(
  supergraphSdl: string,
  subgraphs: SubgraphDirectory,
  settings: GatewaySettings,
  logger: Logger,
): Promise<Federation> {
  const asks = new Map<string, AskOne>();
  const askOne = (name: string): AskOne => {
    const ask = asks.get(name) ?? askSubgraph(name, subgraphs(name), subgraphTimeout(name, settings));
    asks.set(name, ask);
    return ask;
  };
  if (settings.EXECUTOR === 'apollo') {
    return { gateway: apolloGateway(supergraphSdl, askOne, settings, logger), prepare: () => Promise.resolve() };
  }
  const ask: Ask = (name, operation, context) => askOne(name)(operation, context);
  const onPlannerFailure = () => {
    countPlannerFailure();
    logger.warn('the planner failed at an operation, which the other planner planned');
  };
  const executor = await createFederationExecutor({ supergraphSdl, planner: settings.PLANNER, ask, onPlannerFailure });
  if (executor.plannerName !== settings.PLANNER) {
    logger.warn(`PLANNER=${settings.PLANNER} does not run here: plans are made by ${executor.plannerName}`);
  }
  const gateway = ownGateway(executor, { supergraphSdl, showsPlans: !settings.production });
  return ownFederation(executor, subgraphs, gateway);
}
