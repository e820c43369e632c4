import { Decimal } from 'decimal.js';
import type { OrderLineEntity } from '../supplier-order/order-line.entity.ts';
import { quantityOf } from '../supplier-order/quantity.ts';
import { type LineAmounts, minusAmounts, noAmounts, shareOfLine, sumAmounts } from '../supplier-order/share-of-line.ts';
import type { DeliveryLineEntity } from './delivery.entity.ts';
import type { Arrival } from './delivery-command.ts';

interface Came {
  readonly received: Decimal;
  readonly damaged: Decimal;
  readonly weight: Decimal | null;
}

/** Of what came, what is to be paid: in packs, or in base units where the price goes by weight. */
function accepted({ catchWeight, packSize }: OrderLineEntity, { received, damaged, weight }: Came): Decimal {
  const packs = received.minus(damaged);
  if (!catchWeight) return packs;
  const whole = weight ?? received.times(packSize);
  return received.isZero() ? new Decimal(0) : whole.times(packs).dividedBy(received);
}

const cameIn = ({ receivedQuantity, damagedQuantity, weight }: DeliveryLineEntity): Came => ({
  received: new Decimal(receivedQuantity),
  damaged: new Decimal(damagedQuantity),
  weight: weight === null ? null : new Decimal(weight),
});

/**
 * What an arrival costs, beside those of the line's other deliveries: all of them together come to the share of the line
 * that was accepted, so that rounding is done once.
 */
export function amountsOfArrival(
  arrival: Arrival,
  others: readonly DeliveryLineEntity[],
  currency: string,
): LineAmounts {
  const { line } = arrival;
  const packs = quantityOf(line.quantity).minus(line.backOrderedQuantity);
  if (packs.isZero()) return noAmounts;
  const whole = line.catchWeight ? packs.times(line.packSize) : packs;
  const sum = others.reduce((so, other) => so.plus(accepted(line, cameIn(other))), accepted(line, arrival));
  return minusAmounts(shareOfLine(line, sum.dividedBy(whole), currency), sumAmounts(others));
}
