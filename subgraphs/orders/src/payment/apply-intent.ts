import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { Stripe } from 'stripe';
import { postMovement } from './ledger/post-movement.ts';
import type { PaymentEntity } from './payment.entity.ts';
import { PaymentRepository } from './payment.repository.ts';
import { type Books, changePayment, orderOf, type StripeBooks, tellPayment } from './payment-books.ts';
import { concludePaymentJob } from './payment-jobs.ts';
import { stateOf } from './payment-state.ts';
import { wholeOf } from './stripe-api.ts';

/** Asks Stripe how a payment stands, and takes its word. */
export async function syncIntent(books: StripeBooks, intentId: string): Promise<boolean> {
  const intent = await books.stripe.paymentIntents.retrieve(intentId, {
    expand: ['latest_charge.balance_transaction'],
  });
  return applyIntent(books, intent);
}

/**
 * Brings a payment to what its intent is. Success counts whatever came before it; nothing undoes it.
 * @returns whether it is a payment of ours.
 */
export function applyIntent(books: Books, intent: Stripe.PaymentIntent): Promise<boolean> {
  return inTransaction(books.manager, async (manager) => {
    const inside = { ...books, manager };
    const payment = await holdPayment(inside, intent);
    if (!payment) return false;
    const charge = wholeOf(intent.latest_charge);
    const checkedAt = new Date(books.clock());
    if (intent.status === 'succeeded' && charge) await succeed(inside, payment, charge, checkedAt);
    else if (payment.status === 'PENDING') await stillPending(inside, payment, intent, checkedAt);
    return true;
  });
}

/** An intent that was made, and whose id was lost with the process that made it, says itself whose it is. */
async function holdPayment({ manager }: Books, { id, metadata }: Stripe.PaymentIntent): Promise<PaymentEntity | null> {
  const payments = new PaymentRepository(manager);
  const known = await payments.lockByStripe({ intentId: id });
  const { paymentId = '' } = metadata;
  if (known || !isUUID(paymentId) || !(await payments.find(paymentId))) return known;
  const payment = await payments.lock(paymentId);
  if (payment.intentId) return null;
  await payments.update(payment.id, { intentId: id });
  return payment;
}

async function succeed(books: Books, payment: PaymentEntity, charge: Stripe.Charge, at: Date): Promise<void> {
  const { manager, jobs } = books;
  if (!payment.succeededAt) {
    const values = { chargeId: charge.id, succeededAt: at, checkedAt: at, failure: null };
    await changePayment(books, payment, 'SUCCEEDED', payment.amount, values);
    await jobs.send(manager, concludePaymentJob, { paymentId: payment.id });
  }
  const transaction = wholeOf(charge.balance_transaction);
  // Stripe may come to it a little later than to the charge: `check-payments` asks again.
  if (!transaction) return;
  const { buyerId } = await orderOf(manager, payment);
  await postMovement(manager, {
    transaction,
    kind: 'CHARGE',
    account: 'BUYER',
    party: buyerId,
    paymentId: payment.id,
    original: { amount: BigInt(charge.amount), currency: charge.currency.toUpperCase() },
  });
}

async function stillPending(
  books: Books,
  payment: PaymentEntity,
  intent: Stripe.PaymentIntent,
  checkedAt: Date,
): Promise<void> {
  const { manager, jobs } = books;
  if (intent.status === 'canceled') {
    await changePayment(books, payment, 'CANCELLED', payment.amount, { checkedAt });
    await jobs.send(manager, concludePaymentJob, { paymentId: payment.id });
    return;
  }
  const failure = intent.last_payment_error?.message ?? null;
  await new PaymentRepository(manager).update(payment.id, { failure, checkedAt });
  if (failure && failure !== payment.failure)
    await tellPayment(books, payment, { from: stateOf(payment, []), to: 'FAILED', amount: payment.amount });
}
