import { z } from 'zod';

const quantity = z.string().regex(/^\d{1,11}(\.\d{1,3})?$/, 'is no quantity: digits, with at most 3 decimals');

/** Who buys: a person, or the organisation that they act for. */
export const buyerSchema = z.object({ kind: z.enum(['USER', 'ORGANIZATION']), id: z.uuid() });
export type Buyer = z.infer<typeof buyerSchema>;

export const quoteSchema = z.object({
  buyer: buyerSchema.nullable(),
  at: z.iso.datetime({ offset: true }).optional(),
  lines: z
    .array(z.object({ key: z.string(), offerId: z.string().max(400), quantity }))
    .min(1)
    .max(500),
});
export type QuoteRequest = z.infer<typeof quoteSchema>;
export type QuoteLineRequest = QuoteRequest['lines'][number];
