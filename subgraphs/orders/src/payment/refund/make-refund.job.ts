import { inTransaction } from '@gastronom/shared/database/transaction';
import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { Stripe } from 'stripe';
import { toNumber } from '../amount.ts';
import { callOnce } from '../call-once.ts';
import { LedgerRepository } from '../ledger/ledger.repository.ts';
import type { PaymentEntity } from '../payment.entity.ts';
import { PaymentRepository } from '../payment.repository.ts';
import { orderOf, type StripeBooks } from '../payment-books.ts';
import { implementPaymentJob } from '../payment-job.ts';
import { makeRefundJob } from '../payment-jobs.ts';
import { applyRefund, refundExpansions } from './apply-refund.ts';
import type { RefundEntity } from './refund.entity.ts';
import { RefundRepository } from './refund.repository.ts';

export const createMakeRefund = (environment: SubgraphEnvironment): JobImplementation =>
  implementPaymentJob(environment, makeRefundJob, (context, { refundId }) => makeRefund(context, refundId));

interface Ready {
  readonly payment: PaymentEntity;
  readonly refund: RefundEntity;
}

/** Has Stripe pay back what was promised, or asks how it went with that. */
export async function makeRefund(books: StripeBooks, refundId: string): Promise<void> {
  const { stripe, manager } = books;
  const ready = await inTransaction(manager, (inside) => prepare({ ...books, manager: inside }, refundId));
  if (!ready) return;
  const { refund } = ready;
  const made = refund.stripeId
    ? await stripe.refunds.retrieve(refund.stripeId, { expand: refundExpansions })
    : await createRefund(books, ready);
  if (made) await applyRefund(books, made);
}

/** @returns null where it has to wait, or where there is nothing to be done. */
async function prepare(books: StripeBooks, refundId: string): Promise<Ready | null> {
  const { manager } = books;
  const refunds = new RefundRepository(manager);
  const found = await refunds.find(refundId);
  if (!found) return null;
  const payment = await new PaymentRepository(manager).lock(found.paymentId);
  const refund = await refunds.find(refundId);
  if (!refund || (refund.status !== 'PENDING' && refund.status !== 'PROCESSING') || !payment.chargeId) return null;
  const disputes = await refunds.disputes(payment.id);
  if (!refund.stripeId) {
    // While the bank decides, nothing can be paid back; what it took back is not paid back twice.
    if (disputes.some(({ status }) => status === 'OPEN')) return null;
    const lost = disputes.reduce((sum, { lostAmount }) => sum + lostAmount, 0n);
    const room = payment.amount - lost - (await refunds.paidBack(payment.id));
    if (refund.amount > room) await voidOver(books, payment, refund, room > 0n ? room : 0n);
    if (refund.amount === 0n) return null;
  }
  await refunds.update(refund.id, { triedAt: new Date(books.clock()) });
  return { payment, refund };
}

async function voidOver(books: StripeBooks, payment: PaymentEntity, refund: RefundEntity, room: bigint): Promise<void> {
  const { manager, clock } = books;
  const over = refund.amount - room;
  const { buyerId } = await orderOf(manager, payment);
  const { currency } = payment;
  await new LedgerRepository(manager).post({
    key: `refund-void:${refund.id}`,
    kind: 'REFUND_VOID',
    paymentId: payment.id,
    occurredAt: new Date(clock()),
    entries: [
      { account: 'BUYER', party: buyerId, currency, amount: over },
      { account: 'LOSSES', currency, amount: -over },
    ],
  });
  refund.amount = room;
  const status = room === 0n ? 'VOID' : refund.status;
  await new RefundRepository(manager).update(refund.id, { amount: room, voidAmount: over, status });
}

function createRefund(books: StripeBooks, { payment, refund }: Ready): Promise<Stripe.Refund | null> {
  const { stripe, manager } = books;
  const intent = payment.intentId ?? '';
  return callOnce({
    again: refund.triedAt !== null,
    async find() {
      for await (const one of stripe.refunds.list({
        payment_intent: intent,
        limit: 100,
        expand: refundExpansions.map((field) => `data.${field}`),
      }))
        if (one.metadata?.refundId === refund.id) return one;
      return null;
    },
    make: () =>
      stripe.refunds.create(
        {
          payment_intent: intent,
          amount: toNumber(refund.amount),
          metadata: { refundId: refund.id, paymentId: payment.id },
          expand: refundExpansions,
        },
        { idempotencyKey: `refund:${refund.id}:${refund.try}` },
      ),
    failed: (failure, isFinal) => {
      const status = isFinal ? 'FAILED' : 'PENDING';
      return new RefundRepository(manager).endTry(refund.id, refund.try, { failure, status });
    },
  });
}
