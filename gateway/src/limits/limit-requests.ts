import { DomainError } from '@gastronom/shared/domain-error';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { onceAnswered } from '../http/answered.ts';
import { clientOf } from '../http/client.ts';
import { pathOf, probePaths } from '../http/request-form.ts';
import { isForAll } from '../sharing/cache-headers.ts';
import type { RateLimits } from './rate-limits.ts';
import { RequestLimits } from './request-limits.ts';
import { requestPoints } from './request-points.ts';
import { credentialOf, isOneC, UnprovenCredentials } from './unproven-credentials.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What this request has been charged; null where nothing is limited. */
    limits: RequestLimits | null;
  }
}

/** Answers that a browser's page may read, beside the body. */
export const limitHeaders: readonly string[] = ['RateLimit', 'RateLimit-Policy', 'Retry-After'];

/** Lets a token, key or secret in that is not known to be right, as long as its address could pay for a wrong one. */
function admit(request: FastifyRequest, reply: FastifyReply, path: string, unproven: UnprovenCredentials): void {
  const { limits } = request;
  const credential = credentialOf(request, path);
  if (!limits || credential === undefined || unproven.isProven(credential)) return;
  const { address } = limits;
  const affordable = limits.affordableFailures;
  if (!unproven.enter(address, affordable)) {
    const seconds = affordable > 0 ? 1 : limits.resetSeconds;
    reply.header('retry-after', String(seconds));
    const message = `Too many tokens, keys or secrets that are not known to be right. Try again in ${seconds} s.`;
    throw new DomainError('RATE_LIMITED', message, { policy: 'ip', retryAfterSeconds: seconds });
  }
  onceAnswered(reply, () => unproven.leave(address));
}

/** Remembers which credentials were right. Not every path asks for them: an answer alone proves nothing. */
function learn(request: FastifyRequest, status: number, unproven: UnprovenCredentials): void {
  const path = pathOf(request);
  const right = request.limits?.identified || (isOneC(path) && status < 400);
  if (!right && status !== 401) return;
  const credential = credentialOf(request, path);
  if (credential === undefined) return;
  if (right) unproven.prove(credential);
  else unproven.disprove(credential);
}

/** Behind a proxy that is not trusted, all callers are one address and share its points: that is said, once. */
function warnOfProxy(): (request: FastifyRequest) => void {
  let warned = false;
  return (request) => {
    // Fastify gives a list of addresses where it trusts a proxy.
    if (warned || request.ips || request.headers['x-forwarded-for'] === undefined) return;
    warned = true;
    request.log.warn(
      'requests come through a proxy that TRUST_PROXY does not name: all its callers share one rate limit',
    );
  };
}

/**
 * Charges each request to the address that it came from, before its body is read or anyone asks who sent it; and each
 * answer that says 401 once more, so that tokens, keys and the secrets of 1C are not guessed.
 */
export function limitRequests(server: FastifyInstance, limits: RateLimits): void {
  const unproven = new UnprovenCredentials();
  const watchForProxy = limits.allowances.ip > 0 ? warnOfProxy() : () => undefined;
  server.decorateRequest('limits', null);
  server.addHook('onRequest', async (request, reply) => {
    const path = pathOf(request);
    // Those who watch over the server are none of its users.
    if (probePaths.has(path)) return;
    watchForProxy(request);
    request.limits = new RequestLimits(limits, clientOf(request).ip);
    await request.limits.chargeAddress(requestPoints(request.method, path));
    admit(request, reply, path, unproven);
  });
  server.addHook('onSend', async (request, reply) => {
    if (!request.limits) return;
    if (reply.statusCode === 401) await request.limits.failedIdentification();
    learn(request, reply.statusCode, unproven);
    // What caches keep for others says nothing of what one caller has left.
    if (!isForAll(reply)) reply.headers(request.limits.headers());
  });
}
