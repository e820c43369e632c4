import { Money } from '@gastronom/shared/money.type';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.ts';
import { buyerOf } from '../order/buyer.ts';
import type { OrderEntity } from '../order/order.entity.ts';
import { Order } from '../order/order.type.ts';
import { BegunPayment as BegunPaymentType } from '../placement/place-order.type.ts';
import { fromUnits } from './amount.ts';
import { type BegunPayment, beginPayment } from './begin-payment.ts';
import { payOrderError } from './pay-order.errors.ts';
import { PayOrderPayload } from './pay-order.type.ts';
import type { PaymentEntity } from './payment.entity.ts';
import { Payment, PaymentPart, PaymentSettings, PaymentStatus } from './payment.type.ts';
import type { PaymentPartEntity } from './payment-part.entity.ts';
import { PaymentRefusedError } from './payment-refusal.ts';
import { stateOf } from './payment-state.ts';
import type { RefundEntity } from './refund/refund.entity.ts';
import { Refund } from './refund/refund.type.ts';

/** An amount of a payment, as the graph writes it. */
export const moneyOf = (units: bigint, currencyCode: string): Money => ({
  amount: fromUnits(units, currencyCode),
  currencyCode,
});

export const isStaffViewer = ({ viewer }: Pick<OrdersContext, 'viewer'>): boolean =>
  viewer.kind === 'user' && (viewer.role === 'STAFF' || viewer.role === 'ADMIN');

function mayPay(context: OrdersContext, { buyerKind, buyerId }: OrderEntity): boolean {
  const buyer = buyerOf(context.viewer);
  return buyer?.kind === buyerKind && buyer.id === buyerId;
}

interface ReadPart {
  readonly supplierOrderId: string;
  readonly part: PaymentPartEntity;
  readonly currency: string;
}

@Resolver(() => Order)
export class OrderPaymentResolver {
  @Query(() => PaymentSettings, { description: 'Whether cards can be charged here, and with which key.' })
  paymentSettings(@Ctx() { stripe, settings }: OrdersContext): PaymentSettings {
    return { enabled: stripe !== null, publishableKey: stripe ? (settings.STRIPE_PUBLISHABLE_KEY ?? null) : null };
  }

  @FieldResolver(() => Payment, {
    nullable: true,
    description: 'How it is paid by card; null on invoice, and for all but the buyer and staff.',
  })
  async payment(@Root() order: OrderEntity, @Ctx() context: OrdersContext): Promise<PaymentEntity | null> {
    return mayPay(context, order) || isStaffViewer(context) ? context.loaders.payments.ofOrder.load(order.id) : null;
  }

  @Mutation(() => PayOrderPayload, {
    description:
      'How to pay an order of the buyer’s that waits for its payment: again is the same. Stripe’s library charges the card with the secret, on the buyer’s device; `Order.payment` tells when it came.',
  })
  async payOrder(
    @Ctx() context: OrdersContext,
    @Arg('orderId', () => ID, { description: 'Id of the order.' }) orderId: string,
  ): Promise<{ begun: BegunPayment | null; userErrors: PayOrderPayload['userErrors'] }> {
    const refuse = (...error: Parameters<typeof payOrderError>) => ({
      begun: null,
      userErrors: [payOrderError(...error)],
    });
    const order = await context.loaders.orders.load(orderId);
    if (!order || !mayPay(context, order)) return refuse('NOT_FOUND', ['orderId'], 'There is no such order of yours.');
    if (order.status !== 'AWAITING_PAYMENT')
      return refuse('ENDED', ['orderId'], 'This order waits for no payment: it is paid, on invoice, or over.');
    try {
      return { begun: await beginPayment(context, order), userErrors: [] };
    } catch (error) {
      if (error instanceof PaymentRefusedError) return refuse(error.refusal, ['orderId'], error.message);
      throw error;
    }
  }
}

@Resolver(() => PayOrderPayload)
export class PayOrderPayloadResolver {
  @FieldResolver(() => BegunPaymentType, { nullable: true, description: 'What pays it; null where it is refused.' })
  payment(@Root() { begun }: { begun: BegunPayment | null }): BegunPayment | null {
    return begun;
  }
}

@Resolver(() => Payment)
export class PaymentResolver {
  @FieldResolver(() => PaymentStatus, { description: 'How far it is.' })
  async status(@Root() payment: PaymentEntity, @Ctx() { loaders }: OrdersContext): Promise<keyof typeof PaymentStatus> {
    return stateOf(payment, await loaders.payments.disputes.load(payment.id));
  }

  @FieldResolver(() => Money, { description: 'What is to be paid.' })
  amount(@Root() { amount, currency }: PaymentEntity): Money {
    return moneyOf(amount, currency);
  }

  @FieldResolver(() => Money, { description: 'What was promised back so far, whether it has arrived or not.' })
  refunded(@Root() { refundedAmount, currency }: PaymentEntity): Money {
    return moneyOf(refundedAmount, currency);
  }

  @FieldResolver(() => [PaymentPart], { description: 'What of it is for which supplier’s order.' })
  async parts(@Root() { id, currency }: PaymentEntity, @Ctx() { loaders }: OrdersContext): Promise<ReadPart[]> {
    const parts = await loaders.payments.parts.load(id);
    return parts.map((part) => ({ supplierOrderId: part.supplierOrderId, part, currency }));
  }

  @FieldResolver(() => [Refund], { description: 'What goes back, in the order in which it was promised.' })
  async refunds(
    @Root() { id, currency }: PaymentEntity,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<(RefundEntity & { currency: string })[]> {
    return (await loaders.payments.refunds.load(id)).map((refund) => ({ ...refund, currency }));
  }
}

@Resolver(() => PaymentPart)
export class PaymentPartResolver {
  @FieldResolver(() => Money, { description: 'What is to be paid for it.' })
  amount(@Root() { part, currency }: ReadPart): Money {
    return moneyOf(part.amount, currency);
  }

  @FieldResolver(() => Money, { description: 'What of that was promised back.' })
  refunded(@Root() { part, currency }: ReadPart): Money {
    return moneyOf(part.refundedAmount, currency);
  }
}
