import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { Logger } from '@gastronom/shared/logger';
import type { SharedState } from '@gastronom/shared/redis/shared-state';
import type { SubgraphDirectory } from '@gastronom/shared/subgraph';
import { DocumentReader } from '../documents/document-reader.ts';
import { documentStore } from '../documents/document-store.ts';
import { documents } from '../documents/documents-plugin.ts';
import { PersistedQueries } from '../documents/persisted-queries.ts';
import { readRegisteredDocuments } from '../documents/registered-documents.ts';
import type { GatewaySettings } from '../env.ts';
import { chargeOperations, limitOperations } from '../limits/limit-operations.ts';
import { runAsQueries } from '../live/as-query.ts';
import { readersFirst } from '../readers-first/readers-first.ts';
import { stringifyAnswer } from '../sharing/public-answer.ts';
import { shareAnswers } from '../sharing/share-answers.ts';
import type { GatewayContext } from './context.ts';
import { errorForm } from './error-form.ts';
import { createFederation } from './federation.ts';
import { documentLimits } from './graphql-settings.ts';
import { introspectionGuard } from './introspection-guard.ts';
import { KnownOperations } from './known-operations.ts';

const firstQuery = `query FrontPage {
  products(first: 5, filter: { text: "grechka" }) {
    nodes { sku name price { amount currencyCode } availability { status availableOnline asOf isStale } }
  }
}`;

const landingPage = (settings: GatewaySettings): ApolloServerPlugin<GatewayContext> =>
  settings.sandbox
    ? ApolloServerPluginLandingPageLocalDefault({ embed: true, footer: false, document: firstQuery })
    : ApolloServerPluginLandingPageDisabled();

export interface GraphqlServer {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly operations: KnownOperations;
}

/** Apollo Server over whatever runs the supergraph on the subgraphs given. */
export async function createGraphqlServer(
  supergraphSdl: string,
  subgraphs: SubgraphDirectory,
  settings: GatewaySettings,
  logger: Logger,
  shared: SharedState,
): Promise<GraphqlServer> {
  const federation = await createFederation(supergraphSdl, subgraphs, settings, logger);
  const reader = new DocumentReader(documentLimits(settings));
  const runner = readersFirst(runAsQueries(federation.gateway), supergraphSdl, settings);
  const registered = await readRegisteredDocuments(settings.PERSISTED_DOCUMENTS);
  const persisted = new PersistedQueries(shared.redis, logger);
  const registeredOnly = settings.PERSISTED_DOCUMENTS_ONLY;
  // What an operation of somebody else's graph costs is not known to us.
  const charge = settings.foreign ? null : chargeOperations(settings.COST_LIMIT);
  const operations = new KnownOperations({ reader, registered, registeredOnly, charge });
  const gateway = shareAnswers(runner, { supergraphSdl, broadcast: shared.broadcast, settings });
  const isOwn = settings.EXECUTOR !== 'apollo';
  const apollo = new ApolloServer<GatewayContext>({
    gateway: isOwn ? operations.over(gateway) : gateway,
    logger,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: settings.BATCH_LIMIT > 0,
    stringifyResult: async (value) => stringifyAnswer(value),
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    // Documents are found, limited and validated before Apollo sees them; it takes them from this store.
    documentStore: documentStore(reader),
    persistedQueries: false,
    // The errors of an operation get their form last; a plugin that looks at documents finds them validated.
    plugins: [
      documents({ reader, registered, persisted, registeredOnly }),
      landingPage(settings),
      // What may be kept is said by `sharing/`.
      ApolloServerPluginCacheControlDisabled(),
      ...(settings.production ? [introspectionGuard] : []),
      ...(charge ? [limitOperations(charge)] : []),
      ...(isOwn ? [operations.plugin] : []),
      errorForm(settings),
    ],
  });
  await apollo.start();
  for (const document of registered.read(reader)) await federation.prepare(document);
  return { apollo, operations };
}
