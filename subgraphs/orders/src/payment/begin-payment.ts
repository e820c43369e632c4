import { inTransaction } from '@gastronom/shared/database/transaction';
import type { Stripe } from 'stripe';
import type { EntityManager } from 'typeorm';
import type { OrdersContext } from '../context.ts';
import type { OrderEntity } from '../order/order.entity.ts';
import { isPayable, toNumber, toUnits } from './amount.ts';
import type { PaymentEntity } from './payment.entity.ts';
import { PaymentRepository } from './payment.repository.ts';
import { abandonPaymentJob } from './payment-jobs.ts';
import { PaymentRefusedError, paymentsOff } from './payment-refusal.ts';
import { codeOf, failureOf } from './stripe-api.ts';

type Paying = Pick<OrdersContext, 'manager' | 'jobs' | 'clock' | 'settings' | 'stripe'>;

export interface BegunPayment {
  readonly paymentId: string;
  /** With it the buyer's device pays, and nobody else should. */
  readonly clientSecret: string | null;
}

/** All that Stripe has of one order carries this name. */
export const transferGroupOf = (orderId: string): string => `order_${orderId}`;

/**
 * Asks for the money of an order that is committed and reserved. Again is the same: one order has one PaymentIntent. It is
 * abandoned after PAYMENT_MINUTES. Throws PaymentRefusedError where trying again would not help, anything else where it may.
 */
export async function beginPayment(context: Paying, order: OrderEntity): Promise<BegunPayment> {
  const { stripe, manager } = context;
  if (!stripe) throw new PaymentRefusedError('PAYMENTS_OFF', paymentsOff);
  const payment = await inTransaction(manager, (inside) => ensurePayment(context, inside, order));
  if (payment.status !== 'PENDING') throw new PaymentRefusedError('ENDED', 'This order’s payment has ended.');
  const intent = payment.intentId
    ? await stripe.paymentIntents.retrieve(payment.intentId)
    : await createIntent(manager, stripe, payment, order);
  if (!payment.intentId) await new PaymentRepository(manager).update(payment.id, { intentId: intent.id });
  return { paymentId: payment.id, clientSecret: intent.client_secret };
}

async function ensurePayment(context: Paying, manager: EntityManager, order: OrderEntity): Promise<PaymentEntity> {
  const payments = new PaymentRepository(manager);
  const [known] = await payments.ofOrders([order.id]);
  if (known) return known;
  const { currency } = order;
  const given = await payments.payableParts(order.id);
  if (given.some(({ amount }) => !isPayable(amount, currency)))
    throw new PaymentRefusedError('NOT_PAYABLE', `Stripe does not take such an amount of ${currency}.`);
  const parts = given.map((part) => ({ ...part, amount: toUnits(part.amount, currency) }));
  const total = parts.reduce((sum, { amount }) => sum + amount, 0n);
  if (total <= 0n) throw new PaymentRefusedError('NOT_PAYABLE', 'There is nothing to be paid.');
  const paymentId = await payments.insert(order.id, currency, total);
  if (paymentId) {
    const feePercent = context.settings.PLATFORM_FEE_PERCENT;
    await payments.insertParts(parts.map((part) => ({ ...part, paymentId, feePercent })));
    const startAfter = new Date(context.clock() + context.settings.PAYMENT_MINUTES * 60_000);
    await context.jobs.send(manager, abandonPaymentJob, { paymentId }, { startAfter });
  }
  const [payment] = await payments.ofOrders([order.id]);
  if (!payment) throw new Error(`the payment of order ${order.id} is gone`);
  return payment;
}

async function createIntent(
  manager: EntityManager,
  stripe: Stripe,
  payment: PaymentEntity,
  order: OrderEntity,
): Promise<Stripe.PaymentIntent> {
  try {
    return await stripe.paymentIntents.create(
      {
        amount: toNumber(payment.amount),
        currency: payment.currency.toLowerCase(),
        allowed_payment_method_types: ['card'],
        transfer_group: transferGroupOf(order.id),
        description: order.number,
        metadata: { paymentId: payment.id, orderId: order.id, orderNumber: order.number },
      },
      { idempotencyKey: `payment:${payment.id}:${payment.intentTry}` },
    );
  } catch (error) {
    // Stripe keeps what it answered under the key. Should an intent exist all the same: nobody has its secret.
    const failure = failureOf(error);
    if (failure === 'BROKEN' || failure === 'REFUSED') await new PaymentRepository(manager).endIntentTry(payment);
    const code = codeOf(error);
    if (code !== 'amount_too_small' && code !== 'amount_too_large' && code !== 'invalid_currency') throw error;
    throw new PaymentRefusedError('NOT_PAYABLE', `Stripe does not take this amount (${code}).`);
  }
}
