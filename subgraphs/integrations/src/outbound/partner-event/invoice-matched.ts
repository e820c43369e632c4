import { z } from 'zod';
import { bothParties, buyer, currency, decimal, moment, supplier, supplierParty } from './parties.ts';
import { definePartnerEvent } from './partner-event.ts';

const shown = z.object({
  invoiceId: z.uuid(),
  number: z.string(),
  supplierOrderIds: z.array(z.uuid()),
  buyer,
  supplier,
  currency,
  total: decimal,
  status: z.enum(['MATCHED', 'MATCHED_WITH_DIFFERENCES']),
  priceVariance: decimal.describe('Invoiced less ordered, for what was received.'),
  accurate: z.boolean(),
  matchedAt: moment,
});

export const invoiceMatched = definePartnerEvent({
  type: 'invoice.matched',
  version: 1,
  on: 'InvoiceMatched',
  description: 'A supplier’s invoice was held against what was ordered and received. Made for accounting.',
  audience: 'The buyer and the supplier.',
  shown,
  heard: shown.extend({ supplier: supplierParty }),
  views: bothParties,
});
