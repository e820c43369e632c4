import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { DomainError } from '@gastronom/shared/domain-error';
import { Money } from '@gastronom/shared/money.type';
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../../context.ts';
import type { OrderEntity } from '../../order/order.entity.ts';
import { Order } from '../../order/order.type.ts';
import { moneyOf } from '../payment.resolver.ts';
import type { DisputeEntity } from './dispute.entity.ts';
import { DisputeRepository } from './dispute.repository.ts';
import { PaymentDispute, PaymentDisputeConnection } from './dispute.type.ts';

const sort = 'payment-disputes';

/** Stripe's ids are no UUIDs: the cursor has a form of its own. */
function readCursor(after: string | null | undefined): { moment: string; id: string } | undefined {
  if (!after) return undefined;
  const [moment, id] = decodeCursor(after, sort, 2);
  if (typeof moment === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(moment))) return { moment, id };
  throw new DomainError('BAD_CURSOR', 'This `after` is no cursor that this API gave out. Start again without it.');
}

@Resolver(() => PaymentDispute)
export class DisputeResolver {
  @Query(() => PaymentDisputeConnection, { description: 'Disputes of payments, newest first. For staff.' })
  async paymentDisputes(
    @Ctx() { manager }: OrdersContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<Connection<DisputeEntity>> {
    const size = pageSize(first);
    const rows = await new DisputeRepository(manager).list(size + 1, readCursor(after));
    const cursorOf = ({ createdAt, id }: DisputeEntity) => encodeCursor(sort, [createdAt.toISOString(), id]);
    return toConnection(toPage(rows, size), cursorOf, after);
  }

  @FieldResolver(() => Order, { nullable: true, description: 'The order that was paid.' })
  async order(@Root() { paymentId }: DisputeEntity, @Ctx() { loaders }: OrdersContext): Promise<OrderEntity | null> {
    const payment = await loaders.payments.byId.load(paymentId);
    return payment && loaders.orders.load(payment.orderId);
  }

  @FieldResolver(() => Money, { description: 'What the buyer wants back.' })
  async amount(@Root() { paymentId, amount }: DisputeEntity, @Ctx() { loaders }: OrdersContext): Promise<Money> {
    const payment = await loaders.payments.byId.load(paymentId);
    return moneyOf(amount, payment?.currency ?? '');
  }
}
