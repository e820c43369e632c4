import { z } from 'zod';
import {
  buyer,
  buyerAudience,
  currency,
  day,
  decimal,
  moment,
  packSize,
  quantity,
  supplier,
  supplierAudience,
  supplierParty,
} from './parties.ts';
import { definePartnerEvent } from './partner-event.ts';

const line = z.object({
  lineId: z.uuid(),
  offerId: z.string(),
  productSku: z.string().nullable().describe('Null for goods that the catalogue does not know.'),
  supplierSku: z.string().nullish().describe('What the supplier calls it.'),
  name: z.string(),
  quantity,
  unit: z.string().describe('What a pack is called.'),
  packSize,
  price: decimal.optional().describe('Per pack.'),
  total: decimal.optional().describe('Of the line.'),
  note: z.string().nullish().describe('What the supplier should know of it.'),
});

const supplierOrder = z.object({
  id: z.uuid(),
  number: z.string(),
  supplier,
  total: decimal,
  deliverOn: day.nullable(),
  lines: z.array(line),
});

const shown = z.object({
  orderId: z.uuid(),
  number: z.string(),
  placedAt: moment,
  buyer,
  currency,
  total: decimal.optional().describe('Of the whole order; the buyer alone sees it.'),
  supplierOrders: z.array(supplierOrder).describe('A supplier sees their own alone.'),
});

export const orderPlaced = definePartnerEvent({
  type: 'order.placed',
  version: 1,
  on: 'OrderPlaced',
  description: 'An order stands: reserved, approved, and paid or on invoice.',
  audience: 'The buyer, with all of it; each supplier, with their own orders alone.',
  shown,
  heard: shown.extend({ supplierOrders: z.array(supplierOrder.extend({ supplier: supplierParty })) }),
  views: (order) => {
    const { total: _ofAll, ...others } = order;
    const suppliers = new Map(order.supplierOrders.map((one) => [one.supplier.id, one.supplier]));
    const ofSupplier = (id: string) => ({
      ...others,
      supplierOrders: order.supplierOrders.filter((one) => one.supplier.id === id),
    });
    return [
      ...buyerAudience(order.buyer).map((to) => ({ to, data: order })),
      ...[...suppliers.values()].flatMap((party) =>
        supplierAudience(party).map((to) => ({ to, data: ofSupplier(party.id) })),
      ),
    ];
  },
});
