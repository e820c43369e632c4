import { inTransaction } from '@gastronom/shared/database/transaction';
import type { Stripe } from 'stripe';
import type { EntityManager } from 'typeorm';
import { LedgerRepository } from '../ledger/ledger.repository.ts';
import { postMovement } from '../ledger/post-movement.ts';
import type { PaymentEntity } from '../payment.entity.ts';
import { PaymentRepository } from '../payment.repository.ts';
import { type Books, type StripeBooks, tellPayment } from '../payment-books.ts';
import { makeRefundJob, makeTransferJob } from '../payment-jobs.ts';
import { stateOf } from '../payment-state.ts';
import { RefundRepository } from '../refund/refund.repository.ts';
import { idOf } from '../stripe-api.ts';
import type { DisputeEntity, DisputeStatus } from './dispute.entity.ts';
import { DisputeRepository } from './dispute.repository.ts';

/** Asks Stripe how a dispute stands. */
export async function syncDispute(books: StripeBooks, id: string): Promise<boolean> {
  return applyDispute(books, await books.stripe.disputes.retrieve(id));
}

/** An inquiry that the bank let go, and a dispute that was prevented, took nothing. */
function statusOf(status: Stripe.Dispute.Status): DisputeStatus {
  if (status === 'lost') return 'LOST';
  return status === 'won' || status === 'warning_closed' || status === 'prevented' ? 'WON' : 'OPEN';
}

/**
 * Brings a dispute to what it is at Stripe: what the bank took and gave back, and, once it is closed, what is lost of it.
 * @returns whether it is of a payment of ours.
 */
export function applyDispute(books: Books, given: Stripe.Dispute): Promise<boolean> {
  return inTransaction(books.manager, async (manager) => {
    const by = { intentId: idOf(given.payment_intent), chargeId: idOf(given.charge) };
    const payment = await new PaymentRepository(manager).lockByStripe(by);
    if (!payment) return false;
    const disputes = new DisputeRepository(manager);
    const from = stateOf(payment, await disputes.ofPayments([payment.id]));
    const known = await disputes.find(given.id);
    const status = statusOf(given.status);
    const row = await disputes.save({
      id: given.id,
      paymentId: payment.id,
      // What was closed stays so, unless an appeal turned it round.
      status: status === 'OPEN' && known && known.status !== 'OPEN' ? known.status : status,
      reason: given.reason,
      amount: BigInt(given.amount),
      createdAt: new Date(given.created * 1000),
      closedAt: status === 'OPEN' ? (known?.closedAt ?? null) : (known?.closedAt ?? new Date(books.clock())),
      checkedAt: new Date(books.clock()),
      lostAmount: known?.lostAmount ?? 0n,
    });
    const to = stateOf(payment, await disputes.ofPayments([payment.id]));
    if (to !== from) await tellPayment({ ...books, manager }, payment, { from, to, amount: row.amount });
    for (const transaction of given.balance_transactions) await postFunds(manager, payment, transaction);
    if (status === 'OPEN') return true;
    await writeOff({ ...books, manager }, payment, row, given);
    if (known?.status !== row.status) await resume({ ...books, manager }, payment);
    return true;
  });
}

/** Stripe's balance may be kept in another currency than the dispute; what the bank holds is counted in the balance's. */
const postFunds = (manager: EntityManager, payment: PaymentEntity, transaction: Stripe.BalanceTransaction) =>
  postMovement(manager, {
    transaction,
    kind: transaction.amount < 0 ? 'DISPUTE_WITHDRAWN' : 'DISPUTE_REINSTATED',
    account: 'DISPUTES',
    paymentId: payment.id,
  });

/** What the bank keeps of a closed dispute is a loss; what it gives back later is none any more. */
async function writeOff(
  { manager, clock }: Books,
  payment: PaymentEntity,
  row: DisputeEntity,
  { balance_transactions: funds }: Stripe.Dispute,
): Promise<void> {
  const kept = funds.reduce((sum, { amount }) => sum - BigInt(amount), 0n);
  const more = kept - row.lostAmount;
  if (more === 0n) return;
  const currency = funds[0]?.currency.toUpperCase() ?? payment.currency;
  await new LedgerRepository(manager).post({
    key: `dispute-loss:${row.id}:${row.lostAmount}:${kept}`,
    kind: 'DISPUTE_LOST',
    paymentId: payment.id,
    occurredAt: new Date(clock()),
    entries: [
      { account: 'LOSSES', currency, amount: more },
      { account: 'DISPUTES', currency, amount: -more },
    ],
  });
  await new DisputeRepository(manager).save({ ...row, lostAmount: kept });
}

/** What waited for the end of the dispute goes on. */
async function resume({ manager, jobs }: Books, payment: PaymentEntity): Promise<void> {
  for (const refund of await new RefundRepository(manager).open({ paymentId: payment.id }))
    await jobs.send(manager, makeRefundJob, { refundId: refund.id });
  for (const part of await new PaymentRepository(manager).parts(payment.id))
    if (part.owedAmount > 0n && !part.transferId) await jobs.send(manager, makeTransferJob, { partId: part.id });
}
