import { z } from 'zod';

/* What notifications need of the events of others; docs/EVENTS.md says what there is in them. */

const buyer = z.object({ kind: z.enum(['USER', 'ORGANIZATION']), id: z.guid() });
const supplier = z.object({ id: z.string(), organizationId: z.guid().nullable(), isHouse: z.boolean() });
const currency = z.string().regex(/^[A-Z]{3}$/);
const decimal = z.string().regex(/^-?\d{1,20}(\.\d{1,6})?$/);

export type Buyer = z.infer<typeof buyer>;
export type Supplier = z.infer<typeof supplier>;

export const orderPlaced = z.object({
  orderId: z.string(),
  number: z.string(),
  placedBy: z.guid().nullable(),
  buyer,
  currency,
  total: decimal,
  supplierOrders: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      supplier,
      total: decimal,
      deliverOn: z.iso.date().nullable(),
      lines: z.array(z.unknown()),
    }),
  ),
});

export const supplierOrderChanged = z.object({
  supplierOrderId: z.string(),
  number: z.string(),
  orderId: z.string(),
  buyer,
  supplier,
  from: z.string(),
  to: z.string(),
  actor: z.string().nullish(),
  reason: z.string().nullable(),
});

export const deliveryMarked = z.object({
  deliveryId: z.string(),
  revision: z.number().int().default(1),
  number: z.string(),
  orderId: z.string(),
  buyer,
  supplier,
  lines: z.array(z.object({ short: decimal, damaged: decimal })),
});

export const approvalRequested = z.object({
  orderId: z.string(),
  number: z.string(),
  buyer,
  requestedBy: z.string().nullish(),
  currency,
  total: decimal,
});

export const standingOrderFailed = z.object({
  standingOrderId: z.string(),
  name: z.string(),
  buyer,
  dueAt: z.string(),
  number: z.string().nullable(),
  reason: z.string(),
  missing: z.array(z.object({ name: z.string() })),
});

export const paymentChanged = z.object({
  orderId: z.string(),
  number: z.string(),
  buyer,
  paymentId: z.string(),
  from: z.string().nullish(),
  to: z.string(),
  currency,
  amount: decimal,
});

export const invoiceMatched = z.object({
  invoiceId: z.string(),
  number: z.string(),
  buyer,
  supplier,
  currency,
  total: decimal,
  status: z.string(),
  priceVariance: decimal,
});

export const webhookEndpointDisabled = z.object({
  endpointId: z.string(),
  /** Null for the shop's own. */
  organizationId: z.guid().nullable(),
  url: z.string(),
  reason: z.string(),
});
