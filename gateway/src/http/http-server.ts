import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import { DomainError, errorCodes } from '@gastronom/shared/domain-error';
import { followRequests, requestOptions } from '@gastronom/shared/http-requests';
import type { Logger } from '@gastronom/shared/logger';
import type { SubgraphDirectory, SubgraphTransport } from '@gastronom/shared/subgraph';
import { requestIdHeader } from '@gastronom/shared/viewer';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { GatewaySettings } from '../env.ts';
import type { GatewayContext } from '../graphql/context.ts';
import { errorExtensions } from '../graphql/format-error.ts';
import type { Identify } from '../identity/identity.ts';
import { handleErrors } from './error-handler.ts';
import { serveHealth } from './health.ts';
import { acceptJson } from './json-body.ts';
import { serveRest } from './rest-door.ts';

const hostedSandbox = 'https://studio.apollographql.com';
const embeddedSandbox = 'https://sandbox.embed.apollographql.com';

export interface HttpServerOptions {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly identify: Identify;
  readonly subgraphs: SubgraphDirectory;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  readonly settings: GatewaySettings;
  readonly logger: Logger;
}

function createContext(identify: Identify) {
  return async (request: FastifyRequest): Promise<GatewayContext> => {
    const logger = request.log as Logger;
    try {
      const viewer = await identify(request.headers.authorization, { requestId: request.id, logger });
      return { viewer, requestId: request.id, logger };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { status } = errorCodes[error.code];
      throw new GraphQLError(error.message, {
        extensions: { ...errorExtensions(error.code, request.id), http: { status } },
      });
    }
  };
}

/** The one public door: GraphQL, Sandbox, REST endpoints and health on one port. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { apollo, identify, settings, logger } = options;
  const bodyLimit = Math.round(settings.BODY_LIMIT_MB * 1024 * 1024);
  const server: FastifyInstance = Fastify({ ...requestOptions(logger), bodyLimit });
  followRequests(server);
  acceptJson(server);
  handleErrors(server);

  const origins = [...settings.CORS_ORIGINS, ...(settings.sandbox ? [hostedSandbox, embeddedSandbox] : [])];
  if (origins.length > 0) {
    const allowedHeaders = [
      'authorization',
      'content-type',
      'x-apollo-operation-name',
      'apollo-require-preflight',
      requestIdHeader,
    ];
    await server.register(cors, {
      origin: origins,
      credentials: true,
      maxAge: 600,
      exposedHeaders: [requestIdHeader],
      allowedHeaders,
    });
  }
  const handler = fastifyApolloHandler(apollo, { context: createContext(identify) });
  server.route({ url: '/graphql', method: ['GET', 'POST'], handler });
  server.get('/', (_request, reply) => reply.redirect('/graphql'));
  const uploadLimit = Math.round(settings.UPLOAD_LIMIT_MB * 1024 * 1024);
  await serveRest(server, { subgraphs: options.subgraphs, identify, bodyLimit: uploadLimit });
  serveHealth(server, options.transports);
  return server;
}
