import { z } from 'zod';
import { buyer, buyerAudience, currency, decimal, moment } from './parties.ts';
import { definePartnerEvent } from './partner-event.ts';

const shown = z.object({
  orderId: z.uuid(),
  number: z.string(),
  buyer,
  paymentId: z.string(),
  from: z.string().nullable(),
  to: z.string().describe('How the payment stands now.'),
  at: moment,
  currency,
  amount: decimal.describe('Of the whole order.'),
});

export const paymentChanged = definePartnerEvent({
  type: 'payment.changed',
  version: 1,
  on: 'PaymentChanged',
  description: 'The payment of an order took a step.',
  // A supplier would see what others are paid.
  audience: 'The buyer, and the shop, which takes the money. No supplier.',
  shown,
  heard: shown,
  views: (data) => [...buyerAudience(data.buyer), { kind: 'SHOP' } as const].map((to) => ({ to, data })),
});
