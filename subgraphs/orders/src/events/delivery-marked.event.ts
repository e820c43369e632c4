import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';
import { buyerParty, day, decimal, moment, supplierParty, timeOfDay } from './parties.ts';

const line = z.object({
  lineId: z.uuid(),
  offerId: z.string(),
  productSku: z.string().nullable(),
  unit: z.string(),
  ordered: decimal,
  confirmed: decimal,
  /** In this delivery. */
  received: decimal,
  /** Promised and not brought by any delivery so far. */
  short: decimal,
  damaged: decimal,
  /** Per pack, as it was ordered. */
  orderedPrice: decimal,
});

/** Goods of a supplier's order were received. Each delivery is told once; a correction is a delivery's next version. */
export const deliveryMarked = defineEvent({
  type: 'DeliveryMarked',
  version: 1,
  data: z.object({
    deliveryId: z.uuid(),
    /** 1, and one more with each correction: what is told then stands in place of what was told before. */
    revision: z.number().int().min(1),
    supplierOrderId: z.uuid(),
    number: z.string(),
    orderId: z.uuid(),
    buyer: buyerParty,
    supplier: supplierParty,
    deliveredAt: moment,
    promisedOn: day.nullable(),
    promisedFrom: timeOfDay.nullable(),
    promisedTo: timeOfDay.nullable(),
    timeZone: z.string(),
    placedAt: moment,
    confirmedAt: moment.nullable(),
    currency: z.string(),
    /** Whether nothing is expected after it. */
    complete: z.boolean(),
    lines: z.array(line),
  }),
});

export type DeliveryMarked = z.infer<typeof deliveryMarked.data>;
