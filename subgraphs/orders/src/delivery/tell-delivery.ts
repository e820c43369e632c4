import { moneyOf } from '@gastronom/shared/money';
import { Decimal } from 'decimal.js';
import { deliveryMarked } from '../events/delivery-marked.event.ts';
import { quantityOf } from '../supplier-order/quantity.ts';
import { buyerParty, supplierParty } from '../supplier-order/step.ts';
import type { PartInHand } from '../supplier-order/supplier-order-command.ts';
import type { DeliveryEntity } from './delivery.entity.ts';
import type { Arrival } from './delivery-command.ts';

export interface DeliveredLine extends Arrival {
  /** Promised and not brought by any delivery so far. */
  readonly short: Decimal;
  readonly confirmed: Decimal;
}

const minutes = (time: string | null): string | null => time?.slice(0, 5) ?? null;

/** Tells what arrived, in the transaction that writes it. */
export function tellDelivery(
  hand: PartInHand,
  delivery: DeliveryEntity,
  lines: readonly DeliveredLine[],
): Promise<void> {
  const { order, part } = hand;
  return hand.context.jobs.publish(hand.manager, deliveryMarked, {
    deliveryId: delivery.id,
    revision: delivery.revision,
    supplierOrderId: part.id,
    number: part.number,
    orderId: order.id,
    buyer: buyerParty(order),
    supplier: supplierParty(part),
    deliveredAt: delivery.deliveredAt.toISOString(),
    promisedOn: part.deliverOn,
    promisedFrom: minutes(part.deliverFrom),
    promisedTo: minutes(part.deliverTo),
    timeZone: part.timeZone,
    placedAt: (part.placedAt ?? part.createdAt).toISOString(),
    confirmedAt: part.confirmedAt?.toISOString() ?? null,
    currency: part.currency,
    complete: delivery.complete,
    lines: lines.map(({ line, received, damaged, short, confirmed }) => ({
      lineId: line.id,
      offerId: line.offerId,
      productSku: line.productSku,
      unit: line.unit,
      // Nobody ordered a substitute: it makes good what was.
      ordered: (line.substituteFor ? new Decimal(0) : quantityOf(line.quantity)).toFixed(3),
      confirmed: confirmed.toFixed(3),
      received: received.toFixed(3),
      short: short.toFixed(3),
      damaged: damaged.toFixed(3),
      orderedPrice: moneyOf(line.priceAmount, part.currency).amount,
    })),
  });
}
