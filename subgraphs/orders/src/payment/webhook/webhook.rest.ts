import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { FastifyInstance } from 'fastify';
import { ordersContext } from '../../context.ts';
import { applyPaymentEventJob } from '../payment-jobs.ts';
import { PaymentEventRepository } from './payment-event.repository.ts';
import { admitEvent } from './webhook-signature.ts';

const bodyLimit = 512 * 1024;

/** Where Stripe tells what happened there. It is noted and answered; what it means is found out by a job. */
export function serveStripeWebhook(server: FastifyInstance, environment: SubgraphEnvironment): void {
  const contextOf = ordersContext(environment);
  server.post('/webhooks/stripe', async (request, reply) => {
    const { manager, jobs, settings } = contextOf(request.caller);
    const { STRIPE_WEBHOOK_SECRETS: secrets, STRIPE_SECRET_KEY: key } = settings;
    if (secrets.length === 0 || !key)
      throw new DomainError(
        'NOT_FOUND',
        'Stripe’s webhook is not set up here: set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRETS.',
      );
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (body.length > bodyLimit) throw new DomainError('PAYLOAD_TOO_LARGE', 'The body is larger than 512 KB.');
    const event = admitEvent(secrets, String(request.headers['stripe-signature'] ?? ''), body);
    const isNew = await inTransaction(manager, async (inside) => {
      if (!(await new PaymentEventRepository(inside).insert(event))) return false;
      await jobs.send(inside, applyPaymentEventJob, { eventId: event.id });
      return true;
    });
    return reply.send({ outcome: isNew ? 'ACCEPTED' : 'REPEATED' });
  });
}
