import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';
import { buyerParty, decimal } from './parties.ts';

/** An order is over the spend limit of whoever placed it, and waits for one of the buyer's admins. */
export const approvalRequested = defineEvent({
  type: 'ApprovalRequested',
  version: 1,
  data: z.object({
    orderId: z.uuid(),
    number: z.string(),
    buyer: buyerParty,
    /** Null for a standing order. */
    requestedBy: z.uuid().nullable(),
    currency: z.string(),
    total: decimal,
  }),
});

export type ApprovalRequested = z.infer<typeof approvalRequested.data>;
