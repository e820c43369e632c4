import { randomUUID } from 'node:crypto';
import { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { DomainError } from './domain-error.ts';
import { dropUnusedConnections } from './http/unused-connections.ts';
import type { Logger } from './logger.ts';
import { requestIdHeader } from './viewer.ts';

/** A request id from outside is kept when it is a plain one, so that a caller can follow it through our logs. */
function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

/**
 * The address as it may be logged: the path, and of the query the names alone, since their values may be secrets, or the
 * variables of an operation.
 */
export function loggedUrl(url: string): string {
  const [path = '', query] = url.split('?', 2);
  if (query === undefined || query === '') return path;
  const names = query.split('&', 20).map((part) => part.split('=', 1)[0]?.slice(0, 40));
  return `${path}?${names.join('&')}`;
}

/** Options that every HTTP server of ours shares: one id a request, in each of its log lines. */
export const requestOptions = (logger: Logger): FastifyServerOptions => ({
  loggerInstance: logger,
  logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
  genReqId: (request) => requestIdOf(request.headers[requestIdHeader]),
  // Who comes while the server stops is told so in our own form, by `followRequests`.
  return503OnClosing: false,
  forceCloseConnections: 'idle',
});

/** One line for each request, the id in the answer, and connections let go of once the server stops. */
export function followRequests(server: FastifyInstance): void {
  let closing = false;
  dropUnusedConnections(server);
  server.addHook('preClose', async () => {
    closing = true;
  });
  server.addHook('onRequest', async (_request, reply) => {
    if (!closing) return;
    reply.header('retry-after', '5');
    throw new DomainError('SHUTTING_DOWN', 'This server is stopping. Try again in a few seconds.');
  });
  server.addHook('onSend', async (request, reply) => {
    reply.header(requestIdHeader, request.id);
    // A kept connection would hold up the stop until its client lets go of it.
    if (closing) reply.header('connection', 'close');
  });
  server.addHook('onResponse', async (request, reply) => {
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    const { method, url } = request;
    request.log.info({ method, url: loggedUrl(url), status: reply.statusCode, milliseconds }, 'request');
  });
}
