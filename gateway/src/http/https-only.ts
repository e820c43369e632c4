import { DomainError } from '@gastronom/shared/domain-error';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DoorSettings } from './door-settings.ts';
import { pathOf, probePaths } from './request-form.ts';

const twoYears = 2 * 365 * 24 * 60 * 60;

const secretNames = /[?&][^=&]*(?:token|key|secret|password|auth)[^=&]*=/i;

/** Whether a request has shown something that only we were to see. */
const showsSecrets = ({ headers, url }: FastifyRequest): boolean =>
  headers.authorization !== undefined ||
  headers.cookie !== undefined ||
  headers['x-webhook-secret'] !== undefined ||
  secretNames.test(url);

/** Browsers are led to HTTPS; to our own name, whatever name they came by. */
function leadableTo(publicUrl: string | undefined, request: FastifyRequest): string | undefined {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!publicUrl || !reads || showsSecrets(request) || !request.url.startsWith('/')) return undefined;
  return `${publicUrl}${request.url}`;
}

/**
 * Plain HTTP is not served, but for probes. What came with a body or with credentials is refused rather than redirected: they
 * have been read on the way already, and a client that is led on quietly would show them so every time.
 */
export function requireHttps(server: FastifyInstance, settings: DoorSettings & { HSTS_SUBDOMAINS: boolean }): void {
  if (!settings.httpsOnly) return;
  const promise = `max-age=${twoYears}${settings.HSTS_SUBDOMAINS ? '; includeSubDomains' : ''}`;
  server.addHook('onRequest', async (request, reply) => {
    if (request.protocol === 'https') {
      reply.header('strict-transport-security', promise);
      return;
    }
    if (probePaths.has(pathOf(request))) return;
    const location = leadableTo(settings.publicUrl, request);
    if (location) return reply.redirect(location, 308);
    throw new DomainError(
      'HTTPS_REQUIRED',
      'Use https:// here. Whatever this request carried, a token or a password among it, went over the network in the clear: change it.',
    );
  });
}
