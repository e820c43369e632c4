import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';
import { buyerParty, decimal, moment, supplierParty } from './parties.ts';

/** A supplier's order took a step after it was placed. */
export const supplierOrderChanged = defineEvent({
  type: 'SupplierOrderChanged',
  version: 1,
  data: z.object({
    supplierOrderId: z.uuid(),
    number: z.string(),
    orderId: z.uuid(),
    buyer: buyerParty,
    supplier: supplierParty,
    from: z.string(),
    to: z.string(),
    at: moment,
    /** As the audit log names it: `user:` and an id, `internal:` and a part of the product. */
    actor: z.string(),
    /** On whose side they acted. */
    party: z.enum(['BUYER', 'SUPPLIER', 'STAFF', 'SYSTEM']),
    reason: z.string().nullable(),
    /** What the supplier promised, with a confirmation; nothing is left out of it. */
    confirmed: z.array(z.object({ lineId: z.uuid(), quantity: decimal })).optional(),
  }),
});

export type SupplierOrderChanged = z.infer<typeof supplierOrderChanged.data>;
