import { randomUUID } from 'node:crypto';
import { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import type { Logger } from './logger.ts';
import { requestIdHeader } from './viewer.ts';

/** A request id from outside is kept when it is a plain one, so that a caller can follow it through our logs. */
function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

/** Options that every HTTP server of ours shares: one id a request, in each of its log lines. */
export const requestOptions = (logger: Logger): FastifyServerOptions => ({
  loggerInstance: logger,
  logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
  genReqId: (request) => requestIdOf(request.headers[requestIdHeader]),
  return503OnClosing: true,
  forceCloseConnections: 'idle',
});

/** One line for each request, the id in the answer, and connections let go of once the server stops. */
export function followRequests(server: FastifyInstance): void {
  let closing = false;
  server.addHook('preClose', async () => {
    closing = true;
  });
  server.addHook('onSend', async (request, reply) => {
    reply.header(requestIdHeader, request.id);
    // A kept connection would hold up the stop until its client lets go of it.
    if (closing) reply.header('connection', 'close');
  });
  server.addHook('onResponse', async (request, reply) => {
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info({ method: request.method, url: request.url, status: reply.statusCode, milliseconds }, 'request');
  });
}
