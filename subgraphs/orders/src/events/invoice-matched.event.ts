import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';
import { buyerParty, decimal, moment, supplierParty } from './parties.ts';

/** A supplier's invoice was held against what was ordered and received. */
export const invoiceMatched = defineEvent({
  type: 'InvoiceMatched',
  version: 1,
  data: z.object({
    invoiceId: z.uuid(),
    number: z.string(),
    supplierOrderIds: z.array(z.uuid()),
    buyer: buyerParty,
    supplier: supplierParty,
    currency: z.string(),
    total: decimal,
    status: z.enum(['MATCHED', 'MATCHED_WITH_DIFFERENCES']),
    /** Invoiced less ordered, for what was received. */
    priceVariance: decimal,
    accurate: z.boolean(),
    matchedAt: moment,
  }),
});

export type InvoiceMatched = z.infer<typeof invoiceMatched.data>;
