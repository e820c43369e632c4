import { DomainError } from '@gastronom/shared/domain-error';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { FastifyInstance } from 'fastify';
import { accountsContext } from '../context.ts';
import { ClerkDeliveryService } from './clerk-delivery.service.ts';
import { admitMessage } from './webhook-signature.ts';

/** Clerk's events are a few kilobytes; what a person's metadata may hold is 8 each. */
const bodyLimit = 256 * 1024;

/** Where Clerk tells what happened there. An answer other than 200 has it tell again, for a day or so. */
export function serveClerkWebhook(server: FastifyInstance, environment: SubgraphEnvironment): void {
  const contextOf = accountsContext(environment);
  server.post('/webhooks/clerk', async (request, reply) => {
    const context = contextOf(request.caller);
    const { secrets } = context.settings.clerkWebhook;
    if (secrets.length === 0)
      throw new DomainError('NOT_FOUND', 'Clerk’s webhook is not set up here: set CLERK_WEBHOOK_SECRETS.');
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (body.length > bodyLimit) throw new DomainError('PAYLOAD_TOO_LARGE', 'The body is larger than 256 KB.');
    const message = await admitMessage(secrets, request.headers, body);
    const outcome = await new ClerkDeliveryService(context).receive(message);
    return reply.send({ outcome });
  });
}
