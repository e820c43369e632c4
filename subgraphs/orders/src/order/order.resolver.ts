import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.ts';
import { Buyer, type BuyerReference, buyerReference, User } from '../foreign/parties.type.ts';
import type { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';
import { SupplierOrder } from '../supplier-order/supplier-order.type.ts';
import { type Buyer as BuyerKey, buyerOf } from './buyer.ts';
import type { OrderEntity } from './order.entity.ts';
import { OrderFilter } from './order.inputs.ts';
import { OrderRepository, type OrderSearch } from './order.repository.ts';
import { Order, OrderConnection } from './order.type.ts';

const sort = 'my-orders';

type OrderPage = Connection<OrderEntity> & { readonly search: OrderSearch; readonly buyer: BuyerKey | null };

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

  @FieldResolver(() => Buyer, {
    nullable: true,
    description: 'Who buys. Details of it are for those who may see them.',
  })
  buyer(@Root() { buyerKind, buyerId }: OrderEntity): BuyerReference {
    return buyerReference(buyerKind, buyerId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who placed it; null for a standing order’s.' })
  placedBy(@Root() { placedBy }: OrderEntity): User | null {
    return placedBy === null ? null : { id: placedBy };
  }

  @FieldResolver(() => Money, { description: 'What the goods cost, without tax.' })
  goods(@Root() { goodsAmount, currency }: OrderEntity): Money {
    return moneyOf(goodsAmount, currency);
  }

  @FieldResolver(() => Money, { description: 'What delivery costs, over all suppliers.' })
  delivery(@Root() { deliveryAmount, currency }: OrderEntity): Money {
    return moneyOf(deliveryAmount, currency);
  }

  @FieldResolver(() => Money, { description: 'The tax on the goods.' })
  tax(@Root() { taxAmount, currency }: OrderEntity): Money {
    return moneyOf(taxAmount, currency);
  }

  @FieldResolver(() => Money, {
    description: 'What is to be paid: goods, tax and delivery of all parts that were not refused.',
  })
  total(@Root() { totalAmount, currency }: OrderEntity): Money {
    return moneyOf(totalAmount, currency);
  }

  @FieldResolver(() => [SupplierOrder], { description: 'Its parts, one for each supplier.' })
  supplierOrders(@Root() { id }: OrderEntity, @Ctx() { loaders }: OrdersContext): Promise<SupplierOrderEntity[]> {
    return loaders.supplierOrders.ofOrder.load(id);
  }
}

@Resolver(() => OrderConnection)
export class OrderListResolver {
  @Query(() => OrderConnection, {
    description:
      'The orders of whom the person shops for: the restaurant that they act for, or themselves. Newest first.',
  })
  async myOrders(
    @Ctx() { manager, viewer }: OrdersContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('filter', () => OrderFilter, { nullable: true, description: 'Which; all by default.' })
    filter?: OrderFilter | null,
  ): Promise<OrderPage> {
    const size = pageSize(first);
    const place = decodeMomentCursor(after, sort);
    const search = filter ?? {};
    const known = !search.supplierId || isUUID(search.supplierId);
    const buyer = known ? buyerOf(viewer) : null;
    const rows = buyer ? await new OrderRepository(manager).list(buyer, search, size + 1, place) : [];
    const cursorOf = (one: OrderEntity) => encodeCursor(sort, [one.createdAt.toISOString(), one.id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), search, buyer };
  }

  @FieldResolver(() => Int, { description: 'How many orders match. Counted only when asked for.' })
  totalCount(@Root() { search, buyer }: OrderPage, @Ctx() { manager }: OrdersContext): Promise<number> {
    return buyer ? new OrderRepository(manager).count(buyer, search) : Promise.resolve(0);
  }
}
