import { z } from 'zod';
import { bothParties, buyer, moment, quantity, supplier, supplierParty } from './parties.ts';
import { definePartnerEvent } from './partner-event.ts';

const shown = z.object({
  supplierOrderId: z.uuid(),
  number: z.string(),
  orderId: z.uuid(),
  buyer,
  supplier,
  from: z.string().describe('A status of the supplier’s order, as CONFIRMED.'),
  to: z.string().describe('The status now.'),
  at: moment,
  party: z
    .enum(['BUYER', 'SUPPLIER', 'STAFF', 'SYSTEM'])
    .optional()
    .describe('Who took it; STAFF and SYSTEM are the shop’s.'),
  reason: z.string().nullable(),
  confirmed: z
    .array(z.object({ lineId: z.uuid(), quantity }))
    .optional()
    .describe('With a confirmation: what the supplier promised, line by line.'),
});

export const orderChanged = definePartnerEvent({
  type: 'order.changed',
  version: 1,
  on: 'SupplierOrderChanged',
  description: 'A supplier’s order took a step after it was placed.',
  audience: 'The buyer and the supplier.',
  shown,
  heard: shown.extend({ supplier: supplierParty }),
  views: bothParties,
});
