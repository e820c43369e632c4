import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { createAbandonPayment } from './abandon-payment.job.ts';
import { createCheckPayments } from './check-payments.job.ts';
import { createConcludePayment } from './conclude-payment.job.ts';
import { createReconcilePayments } from './reconciliation/reconcile-payments.job.ts';
import { createMakeRefund } from './refund/make-refund.job.ts';
import { createRefundEndedOrder } from './refund/refund-ended-order.job.ts';
import { createMakeReversal } from './settlement/make-reversal.job.ts';
import { createMakeTransfer } from './settlement/make-transfer.job.ts';
import { createSettleDelivery } from './settlement/settle-delivery.job.ts';
import { createApplyPaymentEvent } from './webhook/apply-payment-event.job.ts';

/** Says at the start whether cards are charged here, and who tells of it. */
function sayHowPaid(environment: SubgraphEnvironment): void {
  const { logger } = environment;
  const { stripe, settings } = internalContext(environment, 'start');
  if (!stripe) logger.info('STRIPE_SECRET_KEY is not set: payments by card are off, orders are on invoice');
  else if (settings.STRIPE_WEBHOOK_SECRETS.length === 0)
    logger.warn('STRIPE_WEBHOOK_SECRETS is not set: Stripe is asked every ten minutes what was paid');
}

/** The jobs of payments. */
export function createPaymentJobs(environment: SubgraphEnvironment): JobImplementation[] {
  sayHowPaid(environment);
  return jobsOf(environment);
}

const jobsOf = (environment: SubgraphEnvironment): JobImplementation[] => [
  createConcludePayment(environment),
  createAbandonPayment(environment),
  createMakeRefund(environment),
  createRefundEndedOrder(environment),
  createSettleDelivery(environment),
  createMakeTransfer(environment),
  createMakeReversal(environment),
  createApplyPaymentEvent(environment),
  createCheckPayments(environment),
  createReconcilePayments(environment),
];
