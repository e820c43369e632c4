import { inTransaction } from '@gastronom/shared/database/transaction';
import type { JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { EntityManager } from 'typeorm';
import type { OrdersContext } from '../context.ts';
import { syncIntent } from './apply-intent.ts';
import { PaymentRepository } from './payment.repository.ts';
import { changePayment, type StripeBooks } from './payment-books.ts';
import { implementPaymentJob } from './payment-job.ts';
import { abandonPaymentJob, concludePaymentJob } from './payment-jobs.ts';
import { failureOf } from './stripe-api.ts';

export const createAbandonPayment = (environment: SubgraphEnvironment): JobImplementation =>
  implementPaymentJob(environment, abandonPaymentJob, (context, { paymentId }) => abandonPayment(context, paymentId));

/** For orders that end before they are paid: the buyer's device cannot pay any more, as soon as Stripe has heard of it. */
export async function endPayment(
  { jobs }: Pick<OrdersContext, 'jobs'>,
  manager: EntityManager,
  orderId: string,
): Promise<void> {
  const [payment] = await new PaymentRepository(manager).ofOrders([orderId]);
  if (payment?.status === 'PENDING') await jobs.send(manager, abandonPaymentJob, { paymentId: payment.id });
}

/** Calls a payment off that did not come in time. Who pays at that very moment has paid: Stripe decides. */
export async function abandonPayment(books: StripeBooks, paymentId: string): Promise<void> {
  const payment = await new PaymentRepository(books.manager).find(paymentId);
  if (payment?.status !== 'PENDING') return;
  if (!payment.intentId) return abandonUnasked(books, paymentId);
  try {
    await books.stripe.paymentIntents.cancel(
      payment.intentId,
      { cancellation_reason: 'abandoned' },
      { idempotencyKey: `abandon:${payment.id}:${books.clock()}` },
    );
  } catch (error) {
    // Refused where it was paid or cancelled meanwhile: what it is now says the rest.
    if (failureOf(error) !== 'REFUSED') throw error;
  }
  await syncIntent(books, payment.intentId);
  const { status } = await new PaymentRepository(books.manager).find(paymentId).then((found) => found ?? payment);
  if (status === 'PENDING') throw new Error(`the payment ${paymentId} is being processed: it ends by itself`);
}

/** Stripe was not asked for it yet, or nobody knows the answer: its secret was given to nobody. */
const abandonUnasked = (books: StripeBooks, paymentId: string): Promise<void> =>
  inTransaction(books.manager, async (manager) => {
    const payment = await new PaymentRepository(manager).lock(paymentId);
    if (payment.status !== 'PENDING' || payment.intentId) return;
    await changePayment({ ...books, manager }, payment, 'CANCELLED', payment.amount);
    await books.jobs.send(manager, concludePaymentJob, { paymentId });
  });
