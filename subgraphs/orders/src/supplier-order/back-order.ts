import { Decimal } from 'decimal.js';
import type { OrderLineEntity } from './order-line.entity.ts';
import type { PromisedLine } from './promised-line.ts';
import { minusAmounts, shareOfLine, sumAmounts } from './share-of-line.ts';
import { tellStep } from './step.ts';
import type { SupplierOrderEntity } from './supplier-order.entity.ts';
import type { PartInHand } from './supplier-order-command.ts';

/** A line's rest, as a line of its own. */
function restLine({ line, quantity }: PromisedLine, currency: string) {
  const rest = new Decimal(line.quantity).minus(quantity);
  const kept = shareOfLine(line, quantity.dividedBy(line.quantity), currency);
  return { line, rest: rest.toString(), kept, moved: minusAmounts(line, kept) };
}

const copyOf = ({ id, ...line }: OrderLineEntity): Partial<OrderLineEntity> => line;

/**
 * What cannot be delivered now becomes a part of its own, placed as the first was. Its amounts leave the first part, so
 * that all parts together still come to what was ordered. Answers what becomes of the first part’s amounts.
 */
export async function insertBackOrder(
  hand: PartInHand,
  owed: readonly PromisedLine[],
): Promise<Partial<SupplierOrderEntity>> {
  const { order, part, repository, stepping } = hand;
  const rests = owed.map((one) => restLine(one, part.currency));
  const moved = sumAmounts(rests.map((rest) => rest.moved));
  const { id, version, createdAt, updatedAt, ...terms } = part;
  const later = await repository.insertPart(order, {
    ...terms,
    ...moved,
    status: 'PLACED',
    backOrderOf: id,
    deliveryAmount: '0',
    // When it comes is for the supplier to say.
    deliverOn: null,
    deliverFrom: null,
    deliverTo: null,
    cutOffAt: null,
    placedAt: stepping.at,
  });
  for (const { line, rest, kept } of rests)
    await repository.updateLine(line.id, { backOrderedQuantity: rest, ...kept });
  await repository.insertLines(
    rests.map(({ line, rest, moved: amounts }, index) => ({
      ...copyOf(line),
      ...amounts,
      supplierOrderId: later.id,
      position: index + 1,
      quantity: rest,
      confirmedQuantity: null,
    })),
  );
  const party = 'SUPPLIER';
  await tellStep({ ...stepping, party }, { order, part: later }, { from: 'PENDING', to: 'PLACED' });
  const left = minusAmounts(part, moved);
  return { goodsAmount: left.goodsAmount, taxAmount: left.taxAmount, totalAmount: left.totalAmount };
}
