import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { DomainError, errorCodes } from '@gastronom/shared/domain-error';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type PlainRequest, plainRequest } from '../documents/plain-request.ts';
import type { LiveAsk } from '../live/admitted.ts';
import type { Asked, LiveDoor } from '../live/live-door.ts';
import type { Reservations } from '../live/reservations.ts';
import { streamTokenOf } from '../live/stream-token.ts';
import { countOperation } from '../metrics/graphql-metrics.ts';
import { isReadByAll, tellCaches } from '../sharing/cache-headers.ts';
import { KnownQuestions } from '../sharing/known-questions.ts';
import type { PublicAnswer } from '../sharing/public-answer.ts';
import { answerBytes } from './answer-bytes.ts';
import { checkBatch } from './batch.ts';
import type { GatewayContext } from './context.ts';
import { untilAborted } from './deadline.ts';
import { canBeAnswered, canBeStreamed, finishError, graphqlResponseType } from './http-answer.ts';
import type { KnownOperation, KnownOperations } from './known-operations.ts';
import { followTime } from './request-time.ts';

export interface GraphqlDoorOptions {
  readonly apollo: ApolloServer<GatewayContext>;
  /** What may be run without asking Apollo. */
  readonly operations: KnownOperations;
  /** Finds out who asks. */
  readonly createContext: (request: FastifyRequest) => Promise<GatewayContext>;
  readonly live: LiveDoor;
  readonly reservations: Reservations;
  readonly batchLimit: number;
  readonly timeoutMs: number;
  /** For how long caches may keep what is the same for all. */
  readonly publicSeconds: number;
}

interface Door extends GraphqlDoorOptions {
  /** What may be answered without asking Apollo. */
  readonly known: KnownQuestions;
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

/** Apollo answers what is thrown before an operation begins by the status that it carries. */
function refuse(error: unknown): never {
  if (!(error instanceof DomainError)) throw error;
  const { status } = errorCodes[error.code];
  throw new GraphQLError(error.message, { extensions: { code: error.code, http: { status } } });
}

interface AskOptions {
  readonly live?: LiveAsk;
  /** Who asks, where that was looked for already. */
  readonly from?: Promise<GatewayContext>;
}

/** Asks Apollo, and takes its answer over. */
async function ask(
  request: FastifyRequest,
  reply: FastifyReply,
  options: GraphqlDoorOptions,
  { live, from }: AskOptions = {},
): Promise<Asked> {
  const { apollo, createContext, timeoutMs } = options;
  const sent = headersOf(request);
  // Over a stream the type of a single answer is ours to choose: the one that says by its status how it went.
  if (live) sent.set('accept', graphqlResponseType);
  // Nobody's name stands behind it, it changes nothing, and caches ask in their own words.
  if (isReadByAll(request)) sent.set('apollo-require-preflight', 'true');
  const time = followTime(reply, timeoutMs);
  let context: GatewayContext | undefined;
  try {
    const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: asHttpGraphqlRequest(request, sent),
      context: async () => {
        const asker = await untilAborted(from ?? createContext(request), time.signal).catch(refuse);
        context = { shared: {}, ...asker, signal: time.signal, live };
        return context;
      },
    });
    for (const [name, value] of headers) if (name !== 'cache-control') reply.header(name, value);
    reply.code(status ?? 200);
    if (body.kind === 'chunked') throw new Error('no operation is answered in pieces');
    const admitted = typeof live === 'object' ? live.admitted : undefined;
    if (reply.statusCode < 400) return { status: reply.statusCode, body: body.string, context, admitted };
    const log = (error: GraphQLFormattedError) => request.log.error({ graphqlError: error }, 'a request failed');
    const finished = finishError(
      { status: reply.statusCode, body: body.string },
      String(reply.getHeader('content-type')),
      { requestId: request.id, log, status: reply.statusCode },
    );
    reply.code(finished.status);
    return { ...finished, context, admitted: undefined };
  } finally {
    time.end();
  }
}

/** Sends what is the same for all, and tells caches so where they may keep it. */
function sendPublic(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: PublicAnswer,
  seconds: number,
): Buffer | string {
  const mayBeKept = seconds > 0 && isReadByAll(request);
  return mayBeKept && tellCaches(request, reply, answer, seconds) ? '' : answer.bytes;
}

/** Answers from what is there already; undefined where that cannot be: then Apollo finds out what is to be said. */
async function answerKnown(
  asked: PlainRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  { createContext, known, publicSeconds, timeoutMs }: Door,
): Promise<Buffer | string | undefined> {
  const question = known.find(asked);
  if (!question) return undefined;
  // What is there is not waited for.
  const time = question.isThere ? undefined : followTime(reply, timeoutMs);
  try {
    const context = await createContext(request);
    const answer = await question.source.answerKnown(question.key, context, time?.signal);
    // Whose time is over has waited long enough: it is not asked for again.
    time?.signal.throwIfAborted();
    if (!answer) return undefined;
    countOperation('query', answer);
    reply.header('content-type', question.contentType);
    return sendPublic(request, reply, answer, publicSeconds);
  } catch (error) {
    const isForApollo = error instanceof DomainError || error instanceof GraphQLError;
    if (isForApollo && !time?.signal.aborted) return undefined;
    throw error;
  } finally {
    time?.end();
  }
}

/** Runs an operation whose like was run before; where that ends otherwise than well, Apollo tells of it. */
async function runKnown(
  operation: KnownOperation,
  request: FastifyRequest,
  reply: FastifyReply,
  door: Door,
): Promise<Asked> {
  const time = followTime(reply, door.timeoutMs);
  const from = door
    .createContext(request)
    .then((asker): GatewayContext => ({ ...asker, signal: time.signal, shared: {} }));
  try {
    // Who cannot be told who he is is told so by Apollo, which waits for the same.
    const context = await untilAborted(from, time.signal).catch(() => undefined);
    const body = context && (await door.operations.run(operation, context));
    if (body === undefined) return await ask(request, reply, door, { from });
    reply.header('content-type', operation.contentType);
    return { status: 200, body, context, admitted: undefined };
  } finally {
    time.end();
  }
}

/** Answers what is neither live nor a batch's part of it. */
async function answerOnce(request: FastifyRequest, reply: FastifyReply, door: Door): Promise<Buffer | string> {
  const asked = plainRequest(request);
  const there = asked && (await answerKnown(asked, request, reply, door));
  if (there !== undefined) return there;
  const operation = asked && door.operations.find(asked);
  const { status, body, context } = operation
    ? await runKnown(operation, request, reply, door)
    : await ask(request, reply, door);
  // The operations of a batch have a context in common, and answers of their own.
  if (status !== 200 || Array.isArray(request.body)) return answerBytes(body);
  const contentType = String(reply.getHeader('content-type'));
  const { ran, answer } = context?.shared ?? {};
  if (ran && asked) door.operations.learn(asked, ran, contentType);
  if (!answer) return answerBytes(body);
  if (asked) door.known.learn(asked, answer, contentType);
  return sendPublic(request, reply, answer, door.publicSeconds);
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  options: Door,
): Promise<Buffer | string | FastifyReply> {
  const { accept } = request.headers;
  const { reservations, live, batchLimit } = options;
  const token = streamTokenOf(request);
  const wantsEvents = canBeStreamed(accept);
  if (token !== undefined && request.method === 'GET' && wantsEvents) return reservations.fetch(token, reply);
  const wantsPage = request.method === 'GET' && accept?.includes('text/html');
  const takesAnswer = canBeAnswered(accept);
  if (!wantsPage && !takesAnswer && !wantsEvents) {
    throw new DomainError('NOT_ACCEPTABLE', 'The answer is `application/json` or `application/graphql-response+json`.');
  }
  checkBatch(request.body, batchLimit);
  const asked = (live: LiveAsk) => ask(request, reply, options, { live });
  if (token !== undefined && request.method === 'POST') return reservations.add(token, request, reply, asked);
  if (wantsEvents && !Array.isArray(request.body)) return live.answer(request, reply, asked, takesAnswer);
  return answerOnce(request, reply, options);
}

/** Serves `/graphql`: one operation or a batch by POST, a query by GET; over streams, what is live. */
export async function serveGraphql(server: FastifyInstance, options: GraphqlDoorOptions): Promise<void> {
  await server.register(async (door) => {
    door.removeContentTypeParser('text/plain');
    // Read by nobody: that it is a form is all that matters.
    door.addContentTypeParser(formTypes, (_request, payload, done) => {
      payload.resume();
      done(null, undefined);
    });
    const whole = { ...options, known: new KnownQuestions() };
    const handler = (request: FastifyRequest, reply: FastifyReply) => answer(request, reply, whole);
    door.route({ url: '/graphql', method: ['GET', 'POST'], exposeHeadRoute: false, handler });
    const { reservations } = options;
    door.put('/graphql', (request, reply) => reservations.reserve(request, reply));
    door.delete('/graphql', async (request) => reservations.end(streamTokenOf(request) ?? '', request));
  });
}
