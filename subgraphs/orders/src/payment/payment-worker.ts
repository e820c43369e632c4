import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
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

/** The jobs of payments. */
export const createPaymentJobs = (environment: SubgraphEnvironment): JobImplementation[] => [
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
