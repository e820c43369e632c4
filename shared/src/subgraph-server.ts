import Fastify, { type FastifyInstance, type FastifyRequest, type onRequestHookHandler } from 'fastify';
import { DomainError } from './domain-error.ts';
import { connectionOptions, internalBodyLimit } from './http/connections.ts';
import { handleRestErrors } from './http/rest-errors.ts';
import { followRequests, requestOptions } from './http-requests.ts';
import type { Logger } from './logger.ts';
import { countRequests } from './metrics/request-metrics.ts';
import { type Caller, type OpenSeal, type SealedCall, sealHeader } from './sealed-call.ts';
import type { SubgraphOperation, SubgraphRequest, SubgraphTransport } from './subgraph.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Says who calls, once the whole call is known. */
    openFor: (call: SealedCall) => Caller;
  }
}

interface SentOperation {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Looked at by hand: a schema would copy the variables of every call. */
function isOperation(value: unknown): value is SentOperation {
  if (typeof value !== 'object' || value === null) return false;
  const { query, operationName = null, variables = null } = value as Record<string, unknown>;
  return (
    typeof query === 'string' &&
    (operationName === null || typeof operationName === 'string') &&
    (variables === null || (typeof variables === 'object' && !Array.isArray(variables)))
  );
}

/** Who calls is a part of the product on the same network; what does not come in these times will not come. */
const connections = connectionOptions({
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 120_000,
  // Longer than callers keep theirs, so that none is closed while it is used.
  keepAliveTimeoutMs: 60_000,
});

const header = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

const bodyOf = ({ body }: FastifyRequest): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

function operationOf(body: Buffer): SubgraphOperation {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    throw new DomainError('BAD_REQUEST', 'The body is not complete, valid JSON.');
  }
  if (!isOperation(parsed)) throw new DomainError('BAD_REQUEST', 'The body is no GraphQL operation.');
  const { query, operationName, variables } = parsed;
  return { query, operationName: operationName ?? undefined, variables: variables ?? undefined };
}

/** Serves a mounted subgraph over HTTP to the gateway: a call without its seal is refused. */
export function createSubgraphServer(subgraph: SubgraphTransport, open: OpenSeal, logger: Logger): FastifyInstance {
  // Before the body: nobody else is to fill our memory with one.
  const onRequest: onRequestHookHandler = async (request) => {
    request.openFor = open(header(request.headers[sealHeader]));
  };
  const contextOf = (request: FastifyRequest): SubgraphRequest => {
    const { method, url } = request;
    const caller = request.openFor({ method, url, body: bodyOf(request) });
    return { ...caller, requestId: request.id, logger: request.log as Logger };
  };
  const server: FastifyInstance = Fastify({
    ...requestOptions(logger),
    ...connections,
    // A public request's headers, and the seal beside them.
    http: { ...connections.http, maxHeaderSize: 32 * 1024 },
    bodyLimit: internalBodyLimit,
  });
  followRequests(server);
  countRequests(server);
  handleRestErrors(server, internalBodyLimit);
  server.decorateRequest('openFor');

  // As bytes: a seal is for the bytes that were sent.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.post('/graphql', { onRequest }, async (request, reply) => {
    const context = contextOf(request);
    return reply.send(await subgraph.execute(operationOf(bodyOf(request)), context));
  });
  server.all('/rest/*', { onRequest }, async (request, reply) => {
    const context = contextOf(request);
    const { [sealHeader]: _, ...headers } = request.headers;
    const url = request.url.slice('/rest'.length);
    const answer = await subgraph.rest({ method: request.method, url, headers, body: bodyOf(request) }, context);
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
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
