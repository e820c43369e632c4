import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';
import { buyerParty, moment } from './parties.ts';

/** A standing order was not placed at one of its times, or not whole. */
export const standingOrderFailed = defineEvent({
  type: 'StandingOrderFailed',
  version: 1,
  data: z.object({
    standingOrderId: z.uuid(),
    name: z.string(),
    buyer: buyerParty,
    /** The time that it was for. */
    dueAt: moment,
    /** What was ordered of it; null where nothing was. */
    orderId: z.uuid().nullable(),
    number: z.string().nullable(),
    /**
     * `INCOMPLETE`: the rest was ordered. `NOTHING_ORDERABLE`, `NOT_RESERVED`: nothing could be. `MISSED`: the product was
     * down for too long. `APPROVAL_EXPIRED`, `DECLINED`, `NOT_PLACED`: as of any order.
     */
    reason: z.enum([
      'INCOMPLETE',
      'NOTHING_ORDERABLE',
      'NOT_RESERVED',
      'MISSED',
      'APPROVAL_EXPIRED',
      'DECLINED',
      'NOT_PLACED',
    ]),
    /** What is missing of it, and why: a code of CartFindingCode, or inventory's word. Empty where nothing in particular is. */
    missing: z.array(z.object({ offerId: z.string(), name: z.string(), code: z.string() })),
  }),
});

export type StandingOrderFailed = z.infer<typeof standingOrderFailed.data>;
