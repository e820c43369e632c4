import type { EntityManager } from 'typeorm';
import { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';
import { least, toUnits } from './amount.ts';
import type { PaymentEntity } from './payment.entity.ts';
import { PaymentRepository } from './payment.repository.ts';
import type { PaymentPartEntity } from './payment-part.entity.ts';

export interface HeldPart {
  readonly payment: PaymentEntity;
  readonly part: PaymentPartEntity;
}

/**
 * Holds the payment of a supplier's order; null where it is not paid by card. A back-order was paid with the part that it
 * was taken from: its share is moved over before either is looked at.
 */
export async function holdPart(manager: EntityManager, supplierOrderId: string): Promise<HeldPart | null> {
  const payments = new PaymentRepository(manager);
  const origin = await originOf(manager, supplierOrderId);
  const first = origin && (await payments.partOfSupplierOrder(origin));
  if (!first) return null;
  const payment = await payments.lock(first.paymentId);
  await splitBackOrders(manager, origin);
  const part = await payments.partOfSupplierOrder(supplierOrderId);
  return part && { payment, part };
}

/** The part of the order as it was placed. */
async function originOf(manager: EntityManager, id: string): Promise<string | null> {
  const row = await manager.findOneBy(SupplierOrderEntity, { id });
  if (!row) return null;
  return row.backOrderOf ? originOf(manager, row.backOrderOf) : row.id;
}

async function splitBackOrders(manager: EntityManager, supplierOrderId: string): Promise<void> {
  const payments = new PaymentRepository(manager);
  for (const later of await manager.findBy(SupplierOrderEntity, { backOrderOf: supplierOrderId })) {
    const part = await payments.partOfSupplierOrder(supplierOrderId);
    if (part && !(await payments.partOfSupplierOrder(later.id))) {
      const { paymentId, organizationId, isHouse, feePercent } = part;
      const left = part.settledAt ? 0n : part.amount - part.refundedAmount;
      // A back-order's own back-orders left its amounts: they are a share of what was moved to it.
      const amount = least(toUnits(await amountWithLater(manager, later), later.currency), left);
      await payments.updatePart(part.id, { amount: part.amount - amount });
      await payments.insertParts([
        { paymentId, organizationId, isHouse, feePercent, amount, supplierOrderId: later.id },
      ]);
    }
    await splitBackOrders(manager, later.id);
  }
}

/** What a supplier's order comes to together with all that was put off from it. */
async function amountWithLater(manager: EntityManager, { id }: SupplierOrderEntity): Promise<string> {
  const [row]: { amount: string }[] = await manager.query(
    `WITH RECURSIVE later AS (
       SELECT id, total_amount FROM supplier_orders WHERE id = $1
       UNION ALL
       SELECT s.id, s.total_amount FROM supplier_orders s JOIN later ON s.back_order_of = later.id
     ) SELECT sum(total_amount)::text AS amount FROM later`,
    [id],
  );
  return row?.amount ?? '0';
}
