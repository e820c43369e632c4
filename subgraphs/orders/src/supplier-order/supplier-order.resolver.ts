import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { DomainError } from '@gastronom/shared/domain-error';
import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import type { OrdersContext } from '../context.ts';
import { Buyer, type BuyerReference, buyerReference, Supplier } from '../foreign/parties.type.ts';
import type { ReadOrderLine } from './order-line.resolver.ts';
import { OrderLine } from './order-line.type.ts';
import type { SupplierOrderEntity } from './supplier-order.entity.ts';
import { SupplierOrderFilter } from './supplier-order.inputs.ts';
import {
  type Seller,
  SupplierOrderRepository,
  type SupplierOrderSearch,
  sellerOf,
} from './supplier-order.repository.ts';
import { SupplierOrder, SupplierOrderConnection } from './supplier-order.type.ts';

const sort = 'supplier-orders';

type SupplierOrderPage = Connection<SupplierOrderEntity> & {
  readonly search: SupplierOrderSearch;
  readonly seller: Seller;
};

const minutes = (time: string | null): string | null => time?.slice(0, 5) ?? null;

@Resolver(() => SupplierOrder)
export class SupplierOrderResolver {
  @Query(() => SupplierOrder, {
    nullable: true,
    description: 'One supplier’s part of an order, for its buyer, its supplier’s people and staff; null to others.',
  })
  supplierOrder(
    @Ctx() { loaders }: OrdersContext,
    @Arg('id', () => ID, { description: 'Its id (UUID).' }) id: string,
  ): Promise<SupplierOrderEntity | null> {
    return loaders.supplierOrders.visible.load(id);
  }

  @FieldResolver(() => Supplier, { nullable: true, description: 'Who delivers it.' })
  supplier(@Root() { supplierId }: SupplierOrderEntity): Supplier {
    return { id: supplierId };
  }

  @FieldResolver(() => Buyer, {
    nullable: true,
    description: 'Who buys. Details of it are for those who may see them.',
  })
  async buyer(
    @Root() { orderId }: SupplierOrderEntity,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<BuyerReference | null> {
    const order = await loaders.anyOrders.load(orderId);
    return order && buyerReference(order.buyerKind, order.buyerId);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the buyer was called when it was placed.' })
  async buyerName(@Root() { orderId }: SupplierOrderEntity, @Ctx() { loaders }: OrdersContext): Promise<string | null> {
    return (await loaders.anyOrders.load(orderId))?.buyerName ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the buyer wrote to all suppliers.' })
  async orderNote(@Root() { orderId }: SupplierOrderEntity, @Ctx() { loaders }: OrdersContext): Promise<string | null> {
    return (await loaders.anyOrders.load(orderId))?.note ?? null;
  }

  @FieldResolver(() => [OrderLine], { description: 'Its goods, in order.' })
  async lines(
    @Root() { id, currency }: SupplierOrderEntity,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<ReadOrderLine[]> {
    return (await loaders.supplierOrders.lines.load(id)).map((line) => ({ ...line, currency }));
  }

  @FieldResolver(() => String, { nullable: true, description: 'From when it is delivered that day, as `08:00`.' })
  deliverFrom(@Root() { deliverFrom }: SupplierOrderEntity): string | null {
    return minutes(deliverFrom);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Until when it is delivered that day, as `12:00`.' })
  deliverTo(@Root() { deliverTo }: SupplierOrderEntity): string | null {
    return minutes(deliverTo);
  }

  @FieldResolver(() => Money, { description: 'What the goods cost, without tax.' })
  goods(@Root() { goodsAmount, currency }: SupplierOrderEntity): Money {
    return moneyOf(goodsAmount, currency);
  }

  @FieldResolver(() => Money, { description: 'What delivery costs.' })
  delivery(@Root() { deliveryAmount, currency }: SupplierOrderEntity): Money {
    return moneyOf(deliveryAmount, currency);
  }

  @FieldResolver(() => Money, { description: 'The tax on the goods.' })
  tax(@Root() { taxAmount, currency }: SupplierOrderEntity): Money {
    return moneyOf(taxAmount, currency);
  }

  @FieldResolver(() => Money, { description: 'Goods, tax and delivery.' })
  total(@Root() { totalAmount, currency }: SupplierOrderEntity): Money {
    return moneyOf(totalAmount, currency);
  }
}

@Resolver(() => SupplierOrderConnection)
export class SupplierOrderListResolver {
  @Query(() => SupplierOrderConnection, {
    description:
      'What is to be delivered, newest first: to a supplier’s people the orders of their supplier, to staff those of the house.',
  })
  async supplierOrders(
    @Ctx() { manager, viewer }: OrdersContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('filter', () => SupplierOrderFilter, { nullable: true, description: 'Which; all by default.' })
    filter?: SupplierOrderFilter | null,
  ): Promise<SupplierOrderPage> {
    const size = pageSize(first);
    const place = decodeMomentCursor(after, sort);
    const search = filter ?? {};
    checkDay('deliverFrom', search.deliverFrom);
    checkDay('deliverTo', search.deliverTo);
    const seller = sellerOf(viewer);
    const rows = seller ? await new SupplierOrderRepository(manager).list(seller, search, size + 1, place) : [];
    const cursorOf = (one: SupplierOrderEntity) => encodeCursor(sort, [one.createdAt.toISOString(), one.id]);
    return { ...toConnection(toPage(rows, size), cursorOf, after), search, seller };
  }

  @FieldResolver(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount(@Root() { search, seller }: SupplierOrderPage, @Ctx() { manager }: OrdersContext): Promise<number> {
    return seller ? new SupplierOrderRepository(manager).count(seller, search) : Promise.resolve(0);
  }
}

function checkDay(field: string, day: string | null | undefined): void {
  if (day == null || z.iso.date().safeParse(day).success) return;
  throw new DomainError('BAD_USER_INPUT', `filter.${field}: a day is written as 2026-11-24.`);
}
