import type { FastifyInstance } from 'fastify';
import { histogram, isMeasured } from '../metrics.ts';

const seconds = histogram(
  'gastronom_http_request_seconds',
  'HTTP requests by the pattern of their path (none: there is no such path) and the status of their answer, in seconds.',
  ['route', 'status'],
);

/** Counts requests as they are answered, by the pattern of their path: the path itself is the client's to choose. */
export function countRequests(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    if (isMeasured()) {
      const route = request.routeOptions.url ?? 'none';
      seconds.observe({ route, status: reply.statusCode }, reply.elapsedTime / 1000);
    }
    done();
  });
}
