import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { DomainError, errorCodes } from './domain-error.ts';
import { followRequests, requestOptions } from './http-requests.ts';
import type { Logger } from './logger.ts';
import type { SubgraphTransport } from './subgraph.ts';
import { createViewerVerifier, viewerHeader } from './viewer.ts';

const operationSchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

const header = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** Serves a mounted subgraph over HTTP to the gateway: a caller without its signed viewer is refused. */
export function createSubgraphServer(subgraph: SubgraphTransport, secret: string, logger: Logger): FastifyInstance {
  const verify = createViewerVerifier(secret);
  const server: FastifyInstance = Fastify({
    ...requestOptions(logger),
    bodyLimit: 64 * 1024 * 1024,
    keepAliveTimeout: 60_000,
  });
  followRequests(server);

  server.post('/graphql', async (request, reply) => {
    const viewer = await verify(header(request.headers[viewerHeader]));
    const operation = operationSchema.safeParse(request.body);
    if (!operation.success) throw new DomainError('BAD_REQUEST', 'The body is no GraphQL operation.');
    const { query, operationName, variables } = operation.data;
    const result = await subgraph.execute(
      { query, operationName: operationName ?? undefined, variables: variables ?? undefined },
      { viewer, requestId: request.id, logger: request.log as Logger },
    );
    return reply.send(result);
  });
  server.get('/livez', () => ({ status: 'pass' }));
  server.get('/readyz', async (_request, reply) => {
    const failure = await subgraph.ready().then(
      () => undefined,
      (error: Error) => error,
    );
    if (failure) logger.warn({ err: failure }, 'not ready');
    return reply.code(failure ? 503 : 200).send({ status: failure ? 'fail' : 'pass' });
  });

  server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const known = error instanceof DomainError ? errorCodes[error.code] : undefined;
    const status = known?.status ?? error.statusCode ?? 500;
    if (status >= 500) logger.error({ err: error }, 'a request failed');
    const message = status >= 500 ? 'Something went wrong on our side.' : error.message;
    return reply
      .code(status)
      .send({ error: known?.error ?? error.name, message, status, timestamp: new Date().toISOString() });
  });
  return server;
}
