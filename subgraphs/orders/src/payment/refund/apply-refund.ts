import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { Stripe } from 'stripe';
import { least } from '../amount.ts';
import { postMovement } from '../ledger/post-movement.ts';
import type { PaymentEntity } from '../payment.entity.ts';
import { PaymentRepository } from '../payment.repository.ts';
import { type Books, changePayment, orderOf, type StripeBooks } from '../payment-books.ts';
import { idOf, wholeOf } from '../stripe-api.ts';
import type { RefundEntity, RefundStatus } from './refund.entity.ts';
import { RefundRepository } from './refund.repository.ts';

export const refundExpansions = ['balance_transaction', 'failure_balance_transaction'];

/** A refund goes this way and never back, in whatever order its states are told. */
const ranks: Readonly<Record<RefundStatus, number>> = { PENDING: 0, PROCESSING: 1, SUCCEEDED: 2, VOID: 3, FAILED: 3 };

function statusOf({ status }: Stripe.Refund): RefundStatus {
  if (status === 'succeeded') return 'SUCCEEDED';
  return status === 'failed' || status === 'canceled' ? 'FAILED' : 'PROCESSING';
}

/** Asks Stripe how a refund stands. */
export async function syncRefund(books: StripeBooks, id: string): Promise<boolean> {
  return applyRefund(books, await books.stripe.refunds.retrieve(id, { expand: refundExpansions }));
}

/**
 * Brings a refund to what it is at Stripe. One that was made in Stripe's own dashboard is taken in.
 * @returns whether it is of a payment of ours.
 */
export function applyRefund(books: Books, refund: Stripe.Refund): Promise<boolean> {
  return inTransaction(books.manager, async (manager) => {
    const inside = { ...books, manager };
    const by = { intentId: idOf(refund.payment_intent), chargeId: idOf(refund.charge) };
    const payment = await new PaymentRepository(manager).lockByStripe(by);
    if (!payment) return false;
    const row = await rowOf(inside, payment, refund);
    const refunds = new RefundRepository(manager);
    const status = statusOf(refund);
    if (ranks[status] > ranks[row.status] || !row.stripeId) {
      const failure = status === 'FAILED' ? (refund.failure_reason ?? 'Stripe could not pay it back.') : null;
      await refunds.update(row.id, { status, failure, stripeId: refund.id });
    }
    await postRefund(inside, payment, refund);
    const isNews = row.status === 'PENDING' && status !== 'FAILED';
    await restate(inside, payment, { amount: BigInt(refund.amount), isNews });
    return true;
  });
}

async function rowOf({ manager }: Books, payment: PaymentEntity, refund: Stripe.Refund): Promise<RefundEntity> {
  const refunds = new RefundRepository(manager);
  const ownId = refund.metadata?.refundId;
  const known = await refunds.findByStripe(payment.id, refund.id, ownId && isUUID(ownId) ? ownId : undefined);
  if (known) return known;
  const amount = BigInt(refund.amount);
  const refundedAmount = least(payment.refundedAmount + amount, payment.amount);
  await new PaymentRepository(manager).update(payment.id, { refundedAmount });
  payment.refundedAmount = refundedAmount;
  const values = { paymentId: payment.id, amount, source: 'DASHBOARD', requestedBy: 'stripe' } as const;
  return refunds.insert({ ...values, reason: refund.reason });
}

async function postRefund({ manager }: Books, payment: PaymentEntity, refund: Stripe.Refund): Promise<void> {
  const { buyerId } = await orderOf(manager, payment);
  const common = { account: 'BUYER', party: buyerId, paymentId: payment.id } as const;
  const currency = refund.currency.toUpperCase();
  const amount = BigInt(refund.amount);
  const paid = wholeOf(refund.balance_transaction);
  if (paid)
    await postMovement(manager, {
      ...common,
      transaction: paid,
      kind: 'REFUND',
      original: { amount: -amount, currency },
    });
  const returned = wholeOf(refund.failure_balance_transaction);
  if (returned)
    await postMovement(manager, {
      ...common,
      transaction: returned,
      kind: 'REFUND_FAILED',
      original: { amount, currency },
    });
}

/** Whether a payment counts as given back follows what Stripe pays back; each refund that it takes is told once. */
async function restate(
  books: Books,
  payment: PaymentEntity,
  { amount, isNews }: { amount: bigint; isNews: boolean },
): Promise<void> {
  const paidBack = await new RefundRepository(books.manager).paidBack(payment.id);
  const to = paidBack >= payment.amount ? 'REFUNDED' : paidBack > 0n ? 'PARTLY_REFUNDED' : 'SUCCEEDED';
  const isMore = isNews && to === 'PARTLY_REFUNDED';
  if (payment.succeededAt && (payment.status !== to || isMore)) await changePayment(books, payment, to, amount);
}
