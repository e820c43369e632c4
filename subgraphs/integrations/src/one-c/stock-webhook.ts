import { DomainError } from '@gastronom/shared/domain-error';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { integrationsContext } from '../context.ts';
import { DeliveryService } from './delivery.service.ts';
import { oneCSecrets } from './one-c-secrets.ts';
import { admitSender } from './webhook-sender.ts';

export const stockWebhookPath = '/api/v1/integrations/one_c/stocks';

const isJson = (contentType: string): boolean => /^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType);

/** Refuses what is no JSON, before anything is kept of it. */
function checkKind({ headers }: FastifyRequest, body: Buffer, bodyLimit: number): void {
  if (body.length > bodyLimit) {
    const limit = Math.round((bodyLimit / 1024 / 1024) * 10) / 10;
    throw new DomainError('PAYLOAD_TOO_LARGE', `The body is larger than ${limit} MB. Send it in smaller parts.`);
  }
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'identity')
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as it is, without a `Content-Encoding`.');
  const type = headers['content-type'] ?? '';
  if (isJson(type)) return;
  const given = type === '' ? 'none came' : `${type.slice(0, 100)} came`;
  throw new DomainError(
    'UNSUPPORTED_MEDIA_TYPE',
    `The body must be JSON: send \`Content-Type: application/json\`, with \`; charset=windows-1251\` if it is in that; ${given}.`,
  );
}

function tokenOf({ query }: FastifyRequest): string | null {
  const token = (query as { token?: unknown }).token;
  return typeof token === 'string' && token !== '' ? token : null;
}

/** Where 1C brings its stock. It is kept and 200 answered; what it says is applied from the queue. */
export function serveStockWebhook(server: FastifyInstance, environment: SubgraphEnvironment): void {
  const contextOf = integrationsContext(environment);
  server.post(stockWebhookPath, async (request, reply) => {
    const receivedAt = new Date();
    const context = contextOf(request.caller);
    const { settings } = context;
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const webhookId = admitSender(oneCSecrets(settings), request.headers, body);
    checkKind(request, body, settings.oneC.bodyLimit);
    const deliveryId = await new DeliveryService(context).receive({
      receivedAt,
      contentType: request.headers['content-type'] ?? null,
      body,
      token: tokenOf(request),
      webhookId,
    });
    return reply.send({ message: 'data received and queued for processing', deliveryId });
  });
}
