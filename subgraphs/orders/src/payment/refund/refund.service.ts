import { least } from '../amount.ts';
import { LedgerRepository } from '../ledger/ledger.repository.ts';
import type { PaymentEntity } from '../payment.entity.ts';
import { PaymentRepository } from '../payment.repository.ts';
import { type Books, orderOf } from '../payment-books.ts';
import { makeRefundJob } from '../payment-jobs.ts';
import type { PaymentPartEntity } from '../payment-part.entity.ts';
import { ensureReversal, owedOf } from '../settlement/owed.ts';
import type { RefundEntity, RefundSource } from './refund.entity.ts';
import { RefundRepository } from './refund.repository.ts';

export interface WantedRefund {
  readonly amount: bigint;
  readonly source: RefundSource;
  readonly reason: string | null;
  readonly requestedBy: string;
  readonly idempotencyKey?: string;
  readonly fingerprint?: string;
}

/** What can still be given back of a part that is held. */
export const refundable = (payment: PaymentEntity, part: PaymentPartEntity): bigint =>
  least(part.amount - part.refundedAmount, payment.amount - payment.refundedAmount);

/**
 * Promises money back, of a payment that is held: at most what is left of it. What was settled is taken back from the
 * supplier in the same proportion as the platform's fee.
 */
export async function refundPart(
  books: Books,
  payment: PaymentEntity,
  part: PaymentPartEntity,
  wanted: WantedRefund,
): Promise<RefundEntity | null> {
  const { manager, jobs } = books;
  const amount = least(wanted.amount, refundable(payment, part));
  if (amount <= 0n) return null;
  const payments = new PaymentRepository(manager);
  const refund = await new RefundRepository(manager).insert({
    ...wanted,
    amount,
    paymentId: payment.id,
    partId: part.id,
  });
  part.refundedAmount += amount;
  payment.refundedAmount += amount;
  await payments.updatePart(part.id, { refundedAmount: part.refundedAmount });
  await payments.update(payment.id, { refundedAmount: payment.refundedAmount });
  if (part.settledAt) await takeBack(books, payment, part, refund);
  await jobs.send(manager, makeRefundJob, { refundId: refund.id });
  return refund;
}

/** Promises all of a payment back that came too late for its order. */
export async function refundWhole(
  { manager, jobs }: Books,
  payment: PaymentEntity,
  wanted: Omit<WantedRefund, 'amount'>,
): Promise<void> {
  const amount = payment.amount - payment.refundedAmount;
  if (amount <= 0n) return;
  const payments = new PaymentRepository(manager);
  const refund = await new RefundRepository(manager).insert({ ...wanted, amount, paymentId: payment.id, partId: null });
  for (const part of await payments.parts(payment.id))
    await payments.updatePart(part.id, { refundedAmount: part.amount });
  await payments.update(payment.id, { refundedAmount: payment.amount });
  await jobs.send(manager, makeRefundJob, { refundId: refund.id });
}

async function takeBack(
  books: Books,
  payment: PaymentEntity,
  part: PaymentPartEntity,
  refund: RefundEntity,
): Promise<void> {
  const { manager, clock } = books;
  const { currency } = payment;
  const owed = owedOf(part, part.amount - part.refundedAmount, currency);
  const less = part.owedAmount - owed;
  const { buyerId } = await orderOf(manager, payment);
  await new LedgerRepository(manager).post({
    key: `refund-share:${refund.id}`,
    kind: 'REFUND_SHARE',
    paymentId: payment.id,
    occurredAt: new Date(clock()),
    entries: [
      { account: 'BUYER', party: buyerId, currency, amount: -refund.amount },
      { account: 'SUPPLIER', party: part.organizationId, currency, amount: less },
      { account: part.isHouse ? 'HOUSE' : 'PLATFORM_FEE', currency, amount: refund.amount - less },
    ],
  });
  part.owedAmount = owed;
  await new PaymentRepository(manager).updatePart(part.id, { owedAmount: owed });
  await ensureReversal(books, part);
}
