import { z } from 'zod';

/** What 1C says of one of the house's orders: it stands, it left, it was struck out, and how much of it there is. */
export const saleDocument = z.object({
  id: z.string().max(200),
  number: z.string().max(200).nullish(),
  posted: z.boolean(),
  shipped: z.boolean(),
  cancelled: z.boolean(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.string().regex(/^\d{1,11}(\.\d{1,3})?$/) })).max(2_000),
});

export const applySalesSchema = z.object({ documents: z.array(saleDocument).max(1_000) });
export const offerSalesSchema = z.object({
  sessionId: z.string().min(1).max(100),
  limit: z.number().int().min(1).max(1_000),
});
export const confirmSalesSchema = z.object({ sessionId: z.string().min(1).max(100) });

export type SaleDocument = z.infer<typeof saleDocument>;
