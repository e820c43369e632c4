import { z } from 'zod';

const decimal = z.string().regex(/^\d+(\.\d+)?$/);

const daySchema = z.object({
  on: z.iso.date(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  cutOffAt: z.iso.datetime(),
});

const supplierSchema = z.object({
  id: z.uuid(),
  organizationId: z.string().nullable(),
  isHouse: z.boolean(),
  name: z.string(),
  currency: z.string(),
  minimum: z.object({ amount: decimal, hard: z.boolean() }).nullable(),
  delivery: z.object({ fee: decimal, freeFrom: decimal.nullable() }).nullable(),
  /** Whether it has said when it delivers; one that has not takes orders for no particular day. */
  hasDeliveryDays: z.boolean().default(false),
  days: z.array(daySchema),
  timeZone: z.string(),
  cancelUntil: z.enum(['CUT_OFF', 'CONFIRMED', 'SHIPPED']),
});

const details = {
  key: z.string(),
  offerId: z.string(),
  supplierId: z.string(),
  supplierSku: z.string().nullable(),
  productSku: z.string().nullable(),
  gtin: z.string().nullable(),
  name: z.string(),
  unit: z.string(),
  baseUnit: z.string(),
  packSize: decimal,
  multiple: decimal,
  minimumQuantity: decimal,
  taxRate: decimal,
  taxIncluded: z.boolean(),
  catchWeight: z.boolean(),
  leadTimeDays: z.number().int(),
  available: decimal.nullable(),
};

const price = z.object({ amount: decimal, currency: z.string() });

const lineSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('OK'), ...details, price }),
  z.object({ status: z.enum(['NOT_AVAILABLE', 'NO_PRICE']), ...details, price: price.nullable() }),
  z.object({ status: z.enum(['UNKNOWN_OFFER', 'NOT_FOR_THIS_BUYER']), key: z.string(), offerId: z.string() }),
]);

export const quoteSchema = z.object({ suppliers: z.array(supplierSchema), lines: z.array(lineSchema) });

export type DeliveryDay = z.infer<typeof daySchema>;
export type QuotedSupplier = z.infer<typeof supplierSchema>;
export type QuotedLine = z.infer<typeof lineSchema>;
/** A line that can be ordered: its offer is there for this buyer, and has a price. */
export type OrderableLine = Extract<QuotedLine, { status: 'OK' }>;

/** Prices and terms at one moment. */
export interface Quote {
  readonly at: Date;
  readonly suppliers: ReadonlyMap<string, QuotedSupplier>;
  /** By the key they were asked with. */
  readonly lines: ReadonlyMap<string, QuotedLine>;
}

export interface QuoteRequestLine {
  readonly key: string;
  readonly offerId: string;
  readonly quantity: string;
}

export const isKnown = (
  line: QuotedLine,
): line is Exclude<QuotedLine, { status: 'UNKNOWN_OFFER' | 'NOT_FOR_THIS_BUYER' }> =>
  line.status !== 'UNKNOWN_OFFER' && line.status !== 'NOT_FOR_THIS_BUYER';
