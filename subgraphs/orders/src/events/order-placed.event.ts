import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';
import { buyerParty, day, decimal, moment, supplierParty } from './parties.ts';

const line = z.object({
  lineId: z.uuid(),
  offerId: z.string(),
  /** Null for goods that the catalogue does not know. */
  productSku: z.string().nullable(),
  /** What the supplier calls it. */
  supplierSku: z.string().nullable(),
  name: z.string(),
  quantity: decimal,
  unit: z.string(),
  packSize: decimal,
  /** Per pack. */
  price: decimal,
  /** Of the line. */
  total: decimal,
  /** What the supplier should know of it. */
  note: z.string().nullable(),
});

/** An order stands: reserved, approved, and paid or on invoice. */
export const orderPlaced = defineEvent({
  type: 'OrderPlaced',
  version: 1,
  data: z.object({
    orderId: z.uuid(),
    number: z.string(),
    placedAt: moment,
    /** Null for a standing order. */
    placedBy: z.uuid().nullable(),
    buyer: buyerParty,
    currency: z.string(),
    total: decimal,
    supplierOrders: z.array(
      z.object({
        id: z.uuid(),
        number: z.string(),
        supplier: supplierParty,
        total: decimal,
        deliverOn: day.nullable(),
        lines: z.array(line),
      }),
    ),
  }),
});

export type OrderPlaced = z.infer<typeof orderPlaced.data>;
