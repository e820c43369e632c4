import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { requestIdHeader } from '@gastronom/shared/viewer';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Pool } from 'undici';
import { answerLasts } from '../http/answered.ts';
import { pathOf } from '../http/request-form.ts';
import type { Team } from '../workers/place.ts';
import { noStream, streamTokenOf } from './stream-token.ts';

/** Says where a request came from that another worker took over. Believed on the workers' own sockets alone. */
const fromHeader = 'x-gastronom-from';

/** What belongs to one connection, not to the request. */
const notPassedOn = new Set(['connection', 'keep-alive', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'expect']);

const headersOf = (headers: IncomingMessage['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !notPassedOn.has(name)));

/** The worker that a token names, by its id. */
const ownerOf = (token: string): number => Number(/^(\d{1,9})\./.exec(token)?.[1] ?? 0);

/** Answers what other workers took over for this one, as if its client had come here: limits and rights are the same. */
function answerTakenOver(server: FastifyInstance, socketPath: string): void {
  const inner = createServer((request: IncomingMessage, response: ServerResponse) => {
    Object.defineProperty(request.socket, 'remoteAddress', { value: request.headers[fromHeader], configurable: true });
    server.routing(request, response);
  });
  // Streams are silent for as long as nothing happens.
  inner.requestTimeout = 0;
  server.addHook('onReady', async () => {
    inner.listen({ path: socketPath, exclusive: true });
    await once(inner, 'listening');
  });
  server.addHook('onClose', async () => {
    inner.close();
    inner.closeAllConnections();
  });
}

/** How to end the answers that are passed on now. */
type PassedOn = Set<() => void>;

async function passOn(
  request: FastifyRequest,
  reply: FastifyReply,
  pool: Pool,
  answers: PassedOn,
): Promise<FastifyReply> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const hasBody = request.method === 'POST';
  const answer = await pool.request({
    path: request.url,
    method: request.method as 'GET' | 'POST' | 'DELETE',
    headers: {
      ...headersOf(request.headers),
      [requestIdHeader]: request.id,
      [fromHeader]: request.socket.remoteAddress ?? '',
    },
    body: hasBody ? request.raw : null,
    signal: gone.signal,
  });
  if (answer.headers['content-type']?.includes('text/event-stream')) answerLasts(reply);
  const body = new PassThrough();
  const end = () => {
    answer.body.unpipe(body);
    body.end();
  };
  answers.add(end);
  body.once('close', () => answers.delete(end));
  answer.body.once('error', end);
  return reply.code(answer.statusCode).headers(headersOf(answer.headers)).send(answer.body.pipe(body));
}

/** Requests that name the stream of another worker are taken to it, whichever worker their connection came to. */
export function findStreams(server: FastifyInstance, { id, socket, socketOf }: Team): void {
  const pools = new Map<number, Pool>();
  const poolOf = (owner: number, socketPath: string): Pool => {
    const pool = pools.get(owner) ?? new Pool('http://worker', { socketPath, headersTimeout: 0, bodyTimeout: 0 });
    pools.set(owner, pool);
    return pool;
  };
  const answers: PassedOn = new Set();
  answerTakenOver(server, socket);
  // Streams last longer than a server that stops waits: their clients come again.
  server.addHook('preClose', async () => {
    for (const end of answers) end();
  });
  server.addHook('onClose', async () => {
    for (const pool of pools.values()) await pool.destroy();
  });
  server.addHook('onRequest', async (request, reply) => {
    const token = pathOf(request) === '/graphql' && request.method !== 'PUT' ? streamTokenOf(request) : undefined;
    if (token === undefined) return;
    const owner = ownerOf(token);
    const socketPath = owner === id ? undefined : socketOf(owner);
    // Of nobody who serves: it is not found here, as any other.
    if (!socketPath) return;
    return passOn(request, reply, poolOf(owner, socketPath), answers).catch((error: Error) => {
      request.log.warn({ err: error, owner }, 'the worker of a stream does not answer');
      throw noStream();
    });
  });
}
