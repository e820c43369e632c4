import { inTransaction } from '@gastronom/shared/database/transaction';
import type { EntityManager } from 'typeorm';
import { least, toUnits } from '../amount.ts';
import { LedgerRepository } from '../ledger/ledger.repository.ts';
import type { PaymentEntity } from '../payment.entity.ts';
import { PaymentRepository } from '../payment.repository.ts';
import { type Books, orderOf } from '../payment-books.ts';
import { makeTransferJob } from '../payment-jobs.ts';
import type { PaymentPartEntity } from '../payment-part.entity.ts';
import { holdPart } from '../payment-split.ts';
import { refundPart } from '../refund/refund.service.ts';
import { owedOf } from './owed.ts';

interface Delivered {
  readonly goods: string;
  readonly delivery: string;
  readonly complete: boolean;
}

/** What was accepted of a supplier's order, by all its deliveries as they stand now. */
async function deliveredOf(manager: EntityManager, supplierOrderId: string): Promise<Delivered | undefined> {
  const rows: Delivered[] = await manager.query(
    `SELECT s.delivery_amount AS delivery, coalesce(sum(d.total_amount), 0)::text AS goods,
       coalesce(bool_or(d.complete), false) AS complete
     FROM supplier_orders s LEFT JOIN deliveries d ON d.supplier_order_id = s.id
     WHERE s.id = $1 GROUP BY s.id`,
    [supplierOrderId],
  );
  return rows[0];
}

/**
 * Once nothing more is expected: what was not accepted goes back to the buyer, the rest belongs to the supplier. More than
 * was paid is never taken, and what a correction adds later neither. Again, or after a correction, it settles the difference.
 */
export function settleDelivered(books: Books, supplierOrderId: string): Promise<void> {
  return inTransaction(books.manager, async (manager) => {
    const inside = { ...books, manager };
    const held = await holdPart(manager, supplierOrderId);
    const delivered = await deliveredOf(manager, supplierOrderId);
    if (!held || !delivered?.complete || !held.payment.succeededAt) return;
    const { payment, part } = held;
    const goods = toUnits(delivered.goods, payment.currency);
    const value = goods === 0n ? 0n : least(goods + toUnits(delivered.delivery, payment.currency), part.amount);
    const amount = part.amount - part.refundedAmount - value;
    const reason = 'Not delivered, or not in order.';
    await refundPart(inside, payment, part, { amount, source: 'DELIVERY', reason, requestedBy: 'internal:orders' });
    if (!part.settledAt) await settle(inside, payment, part);
  });
}

async function settle(books: Books, payment: PaymentEntity, part: PaymentPartEntity): Promise<void> {
  const { manager, jobs, clock } = books;
  const { currency } = payment;
  const value = part.amount - part.refundedAmount;
  const owedAmount = owedOf(part, value, currency);
  const settledAt = new Date(clock());
  const { buyerId } = await orderOf(manager, payment);
  await new LedgerRepository(manager).post({
    key: `settlement:${part.id}`,
    kind: 'SETTLEMENT',
    paymentId: payment.id,
    occurredAt: settledAt,
    entries: [
      { account: 'BUYER', party: buyerId, currency, amount: value },
      { account: 'SUPPLIER', party: part.organizationId, currency, amount: -owedAmount },
      { account: part.isHouse ? 'HOUSE' : 'PLATFORM_FEE', currency, amount: owedAmount - value },
    ],
  });
  await new PaymentRepository(manager).updatePart(part.id, { settledAt, owedAmount });
  if (owedAmount > 0n) await jobs.send(manager, makeTransferJob, { partId: part.id });
}
