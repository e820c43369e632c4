import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.ts';
import type { OrderEntity } from '../order/order.entity.ts';
import { Order } from '../order/order.type.ts';
import { type BegunPayment as Begun, beginPayment } from '../payment/begin-payment.ts';
import type { ReadOrderLine } from '../supplier-order/order-line.resolver.ts';
import { OrderLine } from '../supplier-order/order-line.type.ts';
import { type PlaceOrderOutcome, PlaceOrderService } from './place-order.service.ts';
import { BegunPayment, PlaceOrderInput, PlaceOrderPayload } from './place-order.type.ts';

@Resolver(() => PlaceOrderPayload)
export class PlaceOrderResolver {
  @Mutation(() => PlaceOrderPayload, {
    description:
      'Orders what lies in the cart: a part for each supplier, at prices of now. Goods of the house are reserved, all of them or none; what stands leaves the cart. Over the buyer’s spend limit the order waits for an admin, by card for its payment. IDEMPOTENCY_KEY_REUSED where the key stands for an order that was asked for otherwise; after SUBGRAPH_UNAVAILABLE ask again with the same key.',
  })
  placeOrder(
    @Ctx() context: OrdersContext,
    @Arg('input', () => PlaceOrderInput, { description: 'How.' }) input: PlaceOrderInput,
  ): Promise<PlaceOrderOutcome> {
    return new PlaceOrderService(context).place(input);
  }

  @FieldResolver(() => Order, { nullable: true, description: 'The order; null where none was made.' })
  order(@Root() { order }: PlaceOrderOutcome): OrderEntity | null {
    return order;
  }

  @FieldResolver(() => [OrderLine], {
    description: 'Lines that could not be reserved: why, and how much there was. They stay in the cart.',
  })
  async refusedLines(
    @Root() { order }: PlaceOrderOutcome,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<ReadOrderLine[]> {
    if (!order) return [];
    const parts = await loaders.supplierOrders.ofOrder.load(order.id);
    const lines = await loaders.supplierOrders.lines.loadMany(parts.map(({ id }) => id));
    return lines
      .flatMap((its) => (its instanceof Error ? [] : its))
      .filter(({ refusal }) => refusal !== null)
      .map((line) => ({ ...line, currency: order.currency }));
  }

  @FieldResolver(() => BegunPayment, {
    nullable: true,
    description:
      'How the card is charged; null of an order that waits for no payment, and when Stripe cannot be asked.',
  })
  async payment(@Root() { order }: PlaceOrderOutcome, @Ctx() context: OrdersContext): Promise<Begun | null> {
    return order?.status === 'AWAITING_PAYMENT' ? beginPayment(context, order) : null;
  }
}
