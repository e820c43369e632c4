import type { FastifyInstance } from 'fastify';
import { clientOf } from '../http/client.ts';
import { pathOf, probePaths } from '../http/request-form.ts';
import type { RateLimits } from './rate-limits.ts';
import { RequestLimits } from './request-limits.ts';
import { requestPoints } from './request-points.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What this request has been charged; null where nothing is limited. */
    limits: RequestLimits | null;
  }
}

/** Answers that a browser's page may read, beside the body. */
export const limitHeaders: readonly string[] = ['RateLimit', 'RateLimit-Policy', 'Retry-After'];

/**
 * Charges each request to the address that it came from, before its body is read or anyone asks who sent it; and each
 * answer that says 401 once more, so that tokens, keys and the secrets of 1C are not guessed.
 */
export function limitRequests(server: FastifyInstance, limits: RateLimits): void {
  server.decorateRequest('limits', null);
  server.addHook('onRequest', async (request) => {
    const path = pathOf(request);
    // Those who watch over the server are none of its users.
    if (probePaths.has(path)) return;
    request.limits = new RequestLimits(limits, clientOf(request).ip);
    await request.limits.chargeAddress(requestPoints(request.method, path));
  });
  server.addHook('onSend', async (request, reply) => {
    if (!request.limits) return;
    if (reply.statusCode === 401) await request.limits.failedIdentification();
    reply.headers(request.limits.headers());
  });
}
