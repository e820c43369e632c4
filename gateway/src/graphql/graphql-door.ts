import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { DomainError, errorCodes } from '@gastronom/shared/domain-error';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { checkBatch } from './batch.ts';
import type { GatewayContext } from './context.ts';
import { untilAborted } from './deadline.ts';
import { canBeAnswered, finishError } from './http-answer.ts';

export interface GraphqlDoorOptions {
  readonly apollo: ApolloServer<GatewayContext>;
  /** Finds out who asks. */
  readonly createContext: (request: FastifyRequest) => Promise<GatewayContext>;
  readonly batchLimit: number;
  readonly timeoutMs: number;
}

/** What HTML forms can send without asking first: Apollo refuses it, unless a header of its own shows that it asked. */
const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

function asHttpGraphqlRequest(request: FastifyRequest, headers: HeaderMap): HTTPGraphQLRequest {
  const question = request.url.indexOf('?');
  const search = question < 0 ? '' : request.url.slice(question);
  return { method: request.method, headers, search, body: request.body };
}

/** The time of one request: over when it has taken too long, or when its client has left. */
function followTime(reply: FastifyReply, timeoutMs: number): { signal: AbortSignal; end(): void } {
  const over = new AbortController();
  const timer = setTimeout(
    () =>
      over.abort(
        new DomainError(
          'OPERATION_TIMEOUT',
          `The operation took longer than ${timeoutMs} ms. What it was to change may have been changed.`,
        ),
      ),
    timeoutMs,
  );
  const leave = () => over.abort(new DomainError('OPERATION_TIMEOUT', 'The client did not wait for the answer.'));
  reply.raw.once('close', leave);
  return {
    signal: over.signal,
    end() {
      clearTimeout(timer);
      reply.raw.off('close', leave);
    },
  };
}

/** Apollo answers what is thrown before an operation begins by the status that it carries. */
function refuse(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  const { status } = errorCodes[error.code];
  throw new GraphQLError(error.message, { extensions: { code: error.code, http: { status } } });
}

async function answer(request: FastifyRequest, reply: FastifyReply, options: GraphqlDoorOptions): Promise<string> {
  const { apollo, createContext, batchLimit, timeoutMs } = options;
  const { accept } = request.headers;
  const wantsPage = request.method === 'GET' && accept?.includes('text/html');
  if (!wantsPage && !canBeAnswered(accept)) {
    throw new DomainError('NOT_ACCEPTABLE', 'The answer is `application/json` or `application/graphql-response+json`.');
  }
  checkBatch(request.body, batchLimit);
  const time = followTime(reply, timeoutMs);
  try {
    const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: asHttpGraphqlRequest(request, headersOf(request)),
      context: async () => ({
        ...(await untilAborted(createContext(request), time.signal).catch(refuse)),
        signal: time.signal,
      }),
    });
    for (const [name, value] of headers) reply.header(name, value);
    reply.code(status ?? 200);
    if (body.kind === 'chunked') throw new Error('no operation is answered in pieces');
    if (reply.statusCode < 400) return body.string;
    const log = (error: GraphQLFormattedError) => request.log.error({ graphqlError: error }, 'a request failed');
    const finished = finishError(
      { status: reply.statusCode, body: body.string },
      String(reply.getHeader('content-type')),
      { requestId: request.id, log, status: reply.statusCode },
    );
    reply.code(finished.status);
    return finished.body;
  } finally {
    time.end();
  }
}

/** Serves `/graphql`: one operation or a batch by POST, a query by GET. */
export async function serveGraphql(server: FastifyInstance, options: GraphqlDoorOptions): Promise<void> {
  await server.register(async (door) => {
    door.removeContentTypeParser('text/plain');
    // Read by nobody: that it is a form is all that matters.
    door.addContentTypeParser(formTypes, (_request, payload, done) => {
      payload.resume();
      done(null, undefined);
    });
    const handler = (request: FastifyRequest, reply: FastifyReply) => answer(request, reply, options);
    door.route({ url: '/graphql', method: ['GET', 'POST'], exposeHeadRoute: false, handler });
  });
}
