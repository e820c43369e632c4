import type { Clock } from '@gastronom/shared/clock';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { Logger } from '@gastronom/shared/logger';
import type { Stripe } from 'stripe';
import type { EntityManager } from 'typeorm';
import { type PaymentState, paymentChanged } from '../events/payment-changed.event.ts';
import { OrderEntity } from '../order/order.entity.ts';
import { fromUnits } from './amount.ts';
import { PaymentEntity, type PaymentStatus } from './payment.entity.ts';
import { stateOf } from './payment-state.ts';

/** What work on payments needs: the connection is that of its transaction, where it is in one. */
export interface Books {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** With a way to Stripe. */
export interface StripeBooks extends Books {
  readonly stripe: Stripe;
}

export const orderOf = (manager: EntityManager, { orderId }: Pick<PaymentEntity, 'orderId'>): Promise<OrderEntity> =>
  manager.findOneByOrFail(OrderEntity, { id: orderId });

/** Moves a payment that is held to another status, and tells of it. */
export async function changePayment(
  books: Books,
  payment: PaymentEntity,
  to: PaymentStatus,
  amount: bigint,
  values: Partial<PaymentEntity> = {},
): Promise<void> {
  await books.manager.update(PaymentEntity, { id: payment.id }, { ...values, status: to });
  await tellPayment(books, payment, { from: stateOf(payment, []), to, amount });
}

/** Tells of a step of a payment that is held. The amount is what the step is about. */
export async function tellPayment(
  { manager, jobs, clock }: Books,
  payment: PaymentEntity,
  { from, to, amount }: { from: PaymentState; to: PaymentState; amount: bigint },
): Promise<void> {
  const order = await orderOf(manager, payment);
  await jobs.publish(manager, paymentChanged, {
    orderId: order.id,
    number: order.number,
    buyer: { kind: order.buyerKind, id: order.buyerId },
    paymentId: payment.id,
    from,
    to,
    at: new Date(clock()).toISOString(),
    currency: payment.currency,
    amount: fromUnits(amount, payment.currency),
  });
}
