import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';
import { buyerParty, decimal, moment } from './parties.ts';

/** How a payment may stand, as `Payment.status` of the graph has it. */
export const paymentStates = [
  'PENDING',
  'FAILED',
  'SUCCEEDED',
  'DISPUTED',
  'CHARGED_BACK',
  'PARTLY_REFUNDED',
  'REFUNDED',
  'CANCELLED',
] as const;
export type PaymentState = (typeof paymentStates)[number];

/** The payment of an order took a step. */
export const paymentChanged = defineEvent({
  type: 'PaymentChanged',
  version: 1,
  data: z.object({
    orderId: z.uuid(),
    number: z.string(),
    buyer: buyerParty,
    paymentId: z.string(),
    from: z.enum(paymentStates).nullable(),
    to: z.enum(paymentStates),
    at: moment,
    currency: z.string(),
    amount: decimal,
  }),
});

export type PaymentChanged = z.infer<typeof paymentChanged.data>;
