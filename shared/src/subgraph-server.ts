import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { DomainError } from './domain-error.ts';
import { handleRestErrors } from './http/rest-errors.ts';
import { followRequests, requestOptions } from './http-requests.ts';
import type { Logger } from './logger.ts';
import type { SubgraphTransport } from './subgraph.ts';
import { createViewerVerifier, viewerHeader } from './viewer.ts';

const operationSchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

const bodyLimit = 256 * 1024 * 1024;

const header = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** Serves a mounted subgraph over HTTP to the gateway: a caller without its signed viewer is refused. */
export function createSubgraphServer(subgraph: SubgraphTransport, secret: string, logger: Logger): FastifyInstance {
  const verify = createViewerVerifier(secret);
  const server: FastifyInstance = Fastify({
    ...requestOptions(logger),
    bodyLimit,
    keepAliveTimeout: 60_000,
  });
  followRequests(server);
  handleRestErrors(server, bodyLimit);

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
  server.register(async (rest) => {
    rest.removeAllContentTypeParsers();
    rest.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    rest.all('/rest/*', async (request, reply) => {
      const viewer = await verify(header(request.headers[viewerHeader]));
      const { [viewerHeader]: _, ...headers } = request.headers;
      const answer = await subgraph.rest(
        {
          method: request.method,
          url: request.url.slice('/rest'.length),
          headers,
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        },
        { viewer, requestId: request.id, logger: request.log as Logger },
      );
      return reply.code(answer.status).headers(answer.headers).send(answer.body);
    });
  });
  server.get('/health', () => subgraph.checks());
  server.get('/livez', () => ({ status: 'pass' }));
  server.get('/readyz', async (_request, reply) => {
    const failure = await subgraph.ready().then(
      () => undefined,
      (error: Error) => error,
    );
    if (failure) logger.warn({ err: failure }, 'not ready');
    return reply.code(failure ? 503 : 200).send({ status: failure ? 'fail' : 'pass' });
  });

  return server;
}
