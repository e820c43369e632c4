import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '@gastronom/shared/logger';
import type { SubgraphDirectory } from '@gastronom/shared/subgraph';
import { type GatewaySettings, withoutTelemetry } from '../env.ts';
import { type Ask, createFederationExecutor } from '../execution/federation-executor.ts';
import { ownGateway } from '../execution/own-gateway.ts';
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

/** What runs operations over the subgraphs, where Apollo Server expects a gateway: `EXECUTOR` says which. */
export async function createFederation(
  supergraphSdl: string,
  subgraphs: SubgraphDirectory,
  settings: GatewaySettings,
  logger: Logger,
): Promise<ExecutingGateway> {
  const asks = new Map<string, AskOne>();
  const askOne = (name: string): AskOne => {
    const ask = asks.get(name) ?? askSubgraph(name, subgraphs(name), subgraphTimeout(name, settings));
    asks.set(name, ask);
    return ask;
  };
  if (settings.EXECUTOR === 'apollo') return apolloGateway(supergraphSdl, askOne, settings, logger);
  const ask: Ask = (name, operation, context) => askOne(name)(operation, context);
  const executor = await createFederationExecutor({
    supergraphSdl,
    planner: settings.PLANNER,
    ask,
    onPlannerGone: () => logger.error('the planner ended at an operation, which the other planner planned'),
  });
  if (executor.plannerName !== settings.PLANNER) {
    logger.warn(`PLANNER=${settings.PLANNER} does not run here: plans are made by ${executor.plannerName}`);
  }
  return ownGateway(executor, supergraphSdl);
}
