import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { Logger } from '@gastronom/shared/logger';
import type { SubgraphDirectory } from '@gastronom/shared/subgraph';
import type { GatewaySettings } from '../env.ts';
import type { GatewayContext } from './context.ts';
import { formatError } from './format-error.ts';
import { introspectionGuard } from './introspection-guard.ts';
import { SubgraphDataSource } from './subgraph-data-source.ts';

/** How deep and how large an operation may be; the introspection that tools send fits. */
const limits = { depth: 15, aliases: 50, directives: 50, tokens: 5_000 };

const firstQuery = `query FrontPage {
  products(first: 5, filter: { text: "grechka" }) {
    nodes { sku name price { amount currencyCode } availability { status availableOnline asOf isStale } }
  }
}`;

const landingPage = (settings: GatewaySettings): ApolloServerPlugin<GatewayContext> =>
  settings.sandbox
    ? ApolloServerPluginLandingPageLocalDefault({ embed: true, footer: false, document: firstQuery })
    : ApolloServerPluginLandingPageDisabled();

/** Puts each operation's errors into our form. */
const errorForm: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue: { requestId, logger } }) {
        const { body } = response;
        if (body.kind !== 'single' || !body.singleResult.errors) return;
        const log = (error: unknown) => logger.error({ graphqlError: error }, 'an operation failed');
        body.singleResult.errors = body.singleResult.errors.map((error) => formatError(error, requestId, log));
      },
    };
  },
};

/** Apollo Server over Apollo's gateway, which runs the checked-in supergraph on the subgraphs given. */
export async function createGraphqlServer(
  supergraphSdl: string,
  subgraphs: SubgraphDirectory,
  settings: GatewaySettings,
  logger: Logger,
): Promise<ApolloServer<GatewayContext>> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => new SubgraphDataSource(name, subgraphs(name)),
    logger,
  });
  const armor = new ApolloArmor({
    blockFieldSuggestion: { enabled: settings.production },
    costLimit: { enabled: false },
    maxAliases: { n: limits.aliases },
    maxDepth: { n: limits.depth },
    maxDirectives: { n: limits.directives },
    maxTokens: { n: limits.tokens },
  }).protect();
  const server = new ApolloServer<GatewayContext>({
    gateway,
    logger,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: settings.production,
    allowBatchedHttpRequests: false,
    stringifyResult: async (value) => JSON.stringify(value),
    stopOnTerminationSignals: false,
    validationRules: armor.validationRules,
    plugins: [
      ...(armor.plugins as ApolloServerPlugin<GatewayContext>[]),
      landingPage(settings),
      ...(settings.production ? [introspectionGuard] : []),
      errorForm,
    ],
  });
  await server.start();
  return server;
}
