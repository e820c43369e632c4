import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';
import { buyerParty, decimal, moment } from './parties.ts';

/** The payment of an order took a step. */
export const paymentChanged = defineEvent({
  type: 'PaymentChanged',
  version: 1,
  data: z.object({
    orderId: z.uuid(),
    number: z.string(),
    buyer: buyerParty,
    paymentId: z.string(),
    from: z.string().nullable(),
    to: z.string(),
    at: moment,
    currency: z.string(),
    amount: decimal,
  }),
});

export type PaymentChanged = z.infer<typeof paymentChanged.data>;
