import { z } from 'zod';
import {
  bothParties,
  buyer,
  currency,
  day,
  decimal,
  moment,
  quantity,
  supplier,
  supplierParty,
  timeOfDay,
} from './parties.ts';
import { definePartnerEvent } from './partner-event.ts';

const line = z.object({
  lineId: z.uuid(),
  offerId: z.string(),
  productSku: z.string().nullable(),
  unit: z.string(),
  ordered: quantity,
  confirmed: quantity,
  received: quantity.describe('In this delivery.'),
  short: quantity.describe('Promised and not brought so far.'),
  damaged: quantity,
  orderedPrice: decimal.describe('Per pack.'),
});

const shown = z.object({
  deliveryId: z.uuid(),
  revision: z
    .number()
    .int()
    .optional()
    .describe('1, and one more with each correction, which stands in place of what was told before.'),
  supplierOrderId: z.uuid(),
  number: z.string(),
  orderId: z.uuid(),
  buyer,
  supplier,
  deliveredAt: moment,
  promisedOn: day.nullable(),
  promisedFrom: timeOfDay.nullable(),
  promisedTo: timeOfDay.nullable(),
  timeZone: z.string().optional().describe('Of the promised times.'),
  placedAt: moment,
  confirmedAt: moment.nullable(),
  currency,
  complete: z.boolean().describe('Whether nothing is expected after it.'),
  lines: z.array(line),
});

export const deliveryMarked = definePartnerEvent({
  type: 'delivery.marked',
  version: 1,
  on: 'DeliveryMarked',
  description: 'Goods of a supplier’s order were received, or what was said of it was corrected.',
  audience: 'The buyer and the supplier.',
  shown,
  heard: shown.extend({ supplier: supplierParty }),
  views: bothParties,
});
