import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob } from '@gastronom/shared/jobs/job';
import { z } from 'zod';

/** Stripe is tried for about two days; `check-payments` finds what is left over after that. */
const patiently = { retries: 60, retrySeconds: 2, retryMaxSeconds: 3_600, keepDays: 30 } as const;

const one = <Name extends string>(name: Name) => z.object({ [name]: z.uuid() } as Record<Name, z.ZodUUID>);

export const abandonPaymentJob = defineJob({ name: 'abandon-payment', payload: one('paymentId'), ...patiently });
export const concludePaymentJob = defineJob({ name: 'conclude-payment', payload: one('paymentId'), ...patiently });
export const makeRefundJob = defineJob({ name: 'make-refund', payload: one('refundId'), ...patiently });
export const makeTransferJob = defineJob({ name: 'make-transfer', payload: one('partId'), ...patiently });
export const makeReversalJob = defineJob({ name: 'make-reversal', payload: one('reversalId'), ...patiently });

export const applyPaymentEventJob = defineJob({
  name: 'apply-payment-event',
  payload: z.object({ eventId: z.string() }),
  ...patiently,
});

export const checkPaymentsJob = defineJob({
  name: 'check-payments',
  payload: z.object({}),
  cron: '*/10 * * * *',
  policy: 'singleton',
});

export const reconcilePaymentsJob = defineJob({
  name: 'reconcile-payments',
  payload: z.object({}),
  cron: '23 3 * * *',
  policy: 'singleton',
  retries: 10,
  retrySeconds: 60,
});

/** What payments need of DeliveryMarked: what was accepted stands with the deliveries. */
export const settleDeliveryJob = defineJob({
  name: 'settle-delivery',
  on: 'DeliveryMarked',
  payload: eventPayload(z.object({ supplierOrderId: z.uuid() })),
});

/** And of SupplierOrderChanged. */
export const refundEndedOrderJob = defineJob({
  name: 'refund-ended-order',
  on: 'SupplierOrderChanged',
  payload: eventPayload(z.object({ supplierOrderId: z.uuid(), to: z.string(), reason: z.string().nullable() })),
});
