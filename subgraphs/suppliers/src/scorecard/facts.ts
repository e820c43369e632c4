import { z } from 'zod';

/** What scores need of the events of orders; the rest of an event is not kept. */
const party = z.object({ kind: z.enum(['USER', 'ORGANIZATION']), id: z.uuid() });
const supplier = z.object({ id: z.uuid() });
const decimal = z.string().regex(/^-?\d{1,19}(\.\d{1,4})?$/);
const moment = z.iso.datetime();

export const orderPlacedFact = z.object({
  placedAt: moment,
  buyer: party,
  supplierOrders: z.array(z.object({ id: z.uuid(), supplier, lines: z.array(z.object({ lineId: z.uuid() })) })),
});

export const supplierOrderChangedFact = z.object({
  supplierOrderId: z.uuid(),
  buyer: party,
  supplier,
  to: z.string(),
  at: moment,
  party: z.string().optional(),
});

export const deliveryMarkedFact = z.object({
  deliveryId: z.uuid(),
  revision: z.number().int(),
  supplierOrderId: z.uuid(),
  buyer: party,
  supplier,
  deliveredAt: moment,
  promisedOn: z.iso.date().nullable(),
  promisedTo: z.string().nullable(),
  timeZone: z.string(),
  placedAt: moment,
  confirmedAt: moment.nullable(),
  complete: z.boolean(),
  lines: z.array(z.object({ lineId: z.uuid(), ordered: decimal, received: decimal, damaged: decimal })),
});

export const invoiceMatchedFact = z.object({
  invoiceId: z.uuid(),
  supplier,
  total: decimal,
  priceVariance: decimal,
  accurate: z.boolean(),
  matchedAt: moment,
});
