import { implementJob, type Job, type JobDefinition, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext, type OrdersContext } from '../context.ts';
import type { StripeBooks } from './payment-books.ts';

export type PaymentJobContext = OrdersContext & StripeBooks;

/** A job that needs Stripe. Where payments were switched off meanwhile, it waits for them to come back. */
export function implementPaymentJob<Payload>(
  environment: SubgraphEnvironment,
  definition: JobDefinition<Payload>,
  run: (context: PaymentJobContext, payload: Payload, job: Job<Payload>) => Promise<void>,
): JobImplementation {
  return implementJob(definition, async (job) => {
    const context = internalContext(environment, job.id);
    const { stripe } = context;
    if (stripe) return run({ ...context, stripe }, job.payload, job);
    if (definition.cron) return;
    throw new Error('payments are off: STRIPE_SECRET_KEY is not set');
  });
}
