import { DomainError, errorCodes } from '@gastronom/shared/domain-error';
import { connectionOptions } from '@gastronom/shared/http/connections';
import { followRequests, requestOptions } from '@gastronom/shared/http-requests';
import type { Logger } from '@gastronom/shared/logger';
import { countRequests } from '@gastronom/shared/metrics/request-metrics';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { SubgraphDirectory, SubgraphTransport } from '@gastronom/shared/subgraph';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { GatewaySettings } from '../env.ts';
import type { GatewayContext } from '../graphql/context.ts';
import { errorExtensions } from '../graphql/format-error.ts';
import { serveGraphql } from '../graphql/graphql-door.ts';
import type { GraphqlServer } from '../graphql/graphql-server.ts';
import type { Identify } from '../identity/identity.ts';
import { limitHeaders, limitRequests } from '../limits/limit-requests.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { LiveDoor } from '../live/live-door.ts';
import { Reservations } from '../live/reservations.ts';
import { findStreams } from '../live/stream-owner.ts';
import { cacheSeconds } from '../sharing/sharing-settings.ts';
import type { Place } from '../workers/place.ts';
import { workerChecks } from '../workers/worker-checks.ts';
import { bodyAllowance } from './body-allowance.ts';
import { BodyReader } from './body-reader.ts';
import { boundWork } from './bound-work.ts';
import { clientOf } from './client.ts';
import { boundConnections } from './connections-per-address.ts';
import { allowOrigins } from './cors.ts';
import { drainGently } from './drain.ts';
import { handleErrors, sendFrameworkError } from './error-handler.ts';
import { serveHealth } from './health.ts';
import { requireHttps } from './https-only.ts';
import { acceptJson } from './json-body.ts';
import { checkForms } from './request-form.ts';
import { serveRest } from './rest-door.ts';
import { sendSecurityHeaders } from './security-headers.ts';

export interface HttpServerOptions {
  readonly graphql: GraphqlServer;
  readonly identify: Identify;
  readonly limits: RateLimits;
  readonly broadcast: Broadcast;
  readonly subgraphs: SubgraphDirectory;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  readonly settings: GatewaySettings;
  readonly logger: Logger;
  readonly place?: Place;
}

function createContext(identify: Identify) {
  return async (request: FastifyRequest): Promise<GatewayContext> => {
    const from = { client: clientOf(request), requestId: request.id, logger: request.log as Logger };
    try {
      const viewer = await identify(request.headers.authorization, from);
      return { ...from, viewer, limits: request.limits };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { status } = errorCodes[error.code];
      throw new GraphQLError(error.message, {
        extensions: { ...errorExtensions(error.code, request.id), http: { status } },
      });
    }
  };
}

const megabytes = (number: number): number => Math.round(number * 1024 * 1024);

const keepAliveMs = 72_000;

/** The server itself: what it takes of connections, and whom it believes where they come from. */
function createDoor(settings: GatewaySettings, logger: Logger): FastifyInstance {
  const connections = connectionOptions({
    headersTimeoutMs: settings.HEADERS_TIMEOUT_SECONDS * 1000,
    requestTimeoutMs: settings.REQUEST_TIMEOUT_SECONDS * 1000,
    keepAliveTimeoutMs: keepAliveMs,
  });
  const { trustProxy } = settings;
  const server: FastifyInstance = Fastify({
    ...requestOptions(logger),
    ...connections,
    // Nothing goes over a connection while an operation is worked on.
    connectionTimeout: Math.max(connections.connectionTimeout, settings.OPERATION_TIMEOUT_MS + 10_000),
    ...(trustProxy ? { trustProxy } : {}),
    bodyLimit: megabytes(settings.BODY_LIMIT_MB),
    frameworkErrors: sendFrameworkError,
  });
  server.server.maxConnections = settings.MAX_CONNECTIONS;
  boundConnections(server.server, settings.MAX_CONNECTIONS_PER_ADDRESS, trustProxy);
  return server;
}

/** The one public door: GraphQL, Sandbox, REST endpoints and health on one port. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { graphql, identify, settings, logger, place } = options;
  const team = place?.team;
  const server = createDoor(settings, logger);
  followRequests(server);
  countRequests(server);
  handleErrors(server);
  const bodies = new BodyReader({
    idleMs: settings.BODY_IDLE_SECONDS * 1000,
    budget: megabytes(settings.BODIES_IN_HAND_MB),
  });
  bodies.follow(server);
  const smallBodyLimit = megabytes(settings.SMALL_BODY_LIMIT_KB / 1024);
  const allowance = bodyAllowance(identify, smallBodyLimit);
  acceptJson(server, bodies, allowance);
  await sendSecurityHeaders(server, settings.sandbox);
  checkForms(server);
  requireHttps(server, settings);
  await allowOrigins(server, { origins: settings.CORS_ORIGINS, sandbox: settings.sandbox, exposed: limitHeaders });
  if (team) findStreams(server, team);
  boundWork(server, settings.MAX_REQUESTS_IN_FLIGHT);
  limitRequests(server, options.limits);
  const { BATCH_LIMIT: batchLimit, OPERATION_TIMEOUT_MS: timeoutMs } = settings;
  const live = new LiveDoor({ apollo: graphql.apollo, identify, broadcast: options.broadcast, settings, logger });
  // Streams last longer than a server that stops waits.
  server.addHook('preClose', async () => live.stop());
  drainGently(server, () => live.stop());
  const reservations = new Reservations(live, team ? `${team.id}.` : '');
  const door = { ...graphql, createContext: createContext(identify), live, reservations };
  await serveGraphql(server, { ...door, batchLimit, timeoutMs, publicSeconds: cacheSeconds(settings) });
  server.get('/', (_request, reply) => reply.redirect('/graphql'));
  const bodyLimit = megabytes(settings.UPLOAD_LIMIT_MB);
  await serveRest(server, { subgraphs: options.subgraphs, identify, bodies, allowance, bodyLimit, smallBodyLimit });
  serveHealth(server, options.transports, () => ({ ...options.limits.checks(), ...workerChecks(place) }));
  return server;
}
