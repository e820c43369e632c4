import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { Decimal } from 'decimal.js';
import type { OrderLineEntity } from '../supplier-order/order-line.entity.ts';
import { quantityOf } from '../supplier-order/quantity.ts';
import { shareOfLine } from '../supplier-order/share-of-line.ts';
import type { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';
import type { SaleToOffer } from './sale-export.repository.ts';

/** How much of a line is wanted now: what came, else what was promised, else what was ordered. */
function wantedOf({ status }: SupplierOrderEntity, line: OrderLineEntity): Decimal {
  if (status === 'DELIVERED') return quantityOf(line.receivedQuantity);
  const asked = line.substituteStatus === null ? line.quantity : '0';
  return quantityOf(line.confirmedQuantity ?? asked);
}

function saleLine(part: SupplierOrderEntity, line: OrderLineEntity) {
  const wanted = wantedOf(part, line);
  const packs = quantityOf(line.quantity).minus(line.backOrderedQuantity);
  if (wanted.isZero() || packs.isZero()) return [];
  const { taxAmount, totalAmount } = shareOfLine(line, wanted.dividedBy(packs), part.currency);
  return [
    {
      sku: line.productSku ?? line.offerId,
      name: line.name,
      unit: line.unit,
      quantity: plainDecimal(wanted.toString()),
      // With tax, as the sum is.
      price: line.taxIncluded
        ? new Decimal(line.priceAmount).toFixed(2)
        : new Decimal(totalAmount).dividedBy(wanted).toFixed(2),
      total: new Decimal(totalAmount).toFixed(2),
      tax: new Decimal(taxAmount).toFixed(2),
      taxRate: new Decimal(line.taxRate).toFixed(),
      note: line.note,
    },
  ];
}

/** One of the house's orders as integrations writes it for 1C. */
export function saleOf({ part, order, lines }: SaleToOffer) {
  const goods = lines.flatMap((line) => saleLine(part, line));
  const total = goods.reduce((sum, line) => sum.plus(line.total), new Decimal(part.deliveryAmount));
  return {
    id: part.id,
    number: part.number,
    version: part.version,
    status: part.status,
    placedAt: (part.placedAt ?? part.createdAt).toISOString(),
    changedAt: part.updatedAt.toISOString(),
    timeZone: part.timeZone,
    deliverOn: part.deliverOn,
    currency: part.currency,
    delivery: new Decimal(part.deliveryAmount).toFixed(2),
    total: total.toFixed(2),
    isPaid: order.paymentMethod === 'CARD',
    buyer: { id: order.buyerId, name: order.buyerName },
    note: [order.note, part.note].filter(Boolean).join('\n') || null,
    lines: goods,
  };
}

export type Sale = ReturnType<typeof saleOf>;
