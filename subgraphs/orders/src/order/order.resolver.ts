import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { OrdersContext } from '../context.ts';
import type { OrderEntity } from './order.entity.ts';
import { Order } from './order.type.ts';

@Resolver(() => Order)
export class OrderResolver {
  @Query(() => Order, {
    nullable: true,
    description: 'An order by its id: the buyer’s own, or any for staff; null where there is none to see.',
  })
  order(
    @Ctx() { loaders }: OrdersContext,
    @Arg('id', () => ID, { description: 'Its id (UUID).' }) id: string,
  ): Promise<OrderEntity | null> {
    return loaders.orders.load(id);
  }
}
