import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { Decimal } from '@gastronom/shared/scalars';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CartFinding as Finding } from '../cart/cart-finding.ts';
import { CartFinding } from '../cart/cart-finding.type.ts';
import type { OrdersContext } from '../context.ts';
import { Offer } from '../foreign/goods.type.ts';
import { Supplier } from '../foreign/parties.type.ts';
import type { OrderEntity } from '../order/order.entity.ts';
import { Order } from '../order/order.type.ts';
import type { DraftPart } from '../placement/draft-order.ts';
import type { NextRunView } from './next-run.ts';
import { dayOf } from './schedule.ts';
import type { StandingLine, StandingRun } from './standing-order.row.ts';
import {
  StandingOrderLine,
  StandingOrderNextRun,
  StandingOrderNextSupplier,
  StandingOrderRun,
} from './standing-order.type.ts';

@Resolver(() => StandingOrderLine)
export class StandingOrderLineResolver {
  @FieldResolver(() => Offer, { nullable: true, description: 'The offer; null when it is gone.' })
  offer(@Root() { offerId }: StandingLine): Offer {
    return { id: offerId };
  }

  @FieldResolver(() => Decimal, { description: 'How many packs.' })
  quantity(@Root() { quantity }: StandingLine): string {
    return plainDecimal(quantity);
  }
}

@Resolver(() => StandingOrderNextRun)
export class StandingOrderNextRunResolver {
  @FieldResolver(() => String, { description: 'The day on which it is placed, as `2026-11-24`, in its time zone.' })
  date(@Root() { at, timeZone }: NextRunView): string {
    return dayOf(at, timeZone);
  }

  @FieldResolver(() => [StandingOrderNextSupplier], {
    nullable: true,
    description: 'By supplier, when it would come and what it would cost; null when suppliers cannot be asked.',
  })
  async suppliers(@Root() { plan }: NextRunView): Promise<readonly DraftPart['row'][]> {
    return (await plan()).parts;
  }

  @FieldResolver(() => [CartFinding], {
    nullable: true,
    description:
      'What would keep lines from being ordered, as far as it is known now. `lineId` is the offer’s id. Null when suppliers cannot be asked.',
  })
  async findings(@Root() { plan }: NextRunView): Promise<readonly Finding[]> {
    return (await plan()).findings;
  }
}

@Resolver(() => StandingOrderNextSupplier)
export class StandingOrderNextSupplierResolver {
  @FieldResolver(() => Supplier, { nullable: true, description: 'The supplier.' })
  supplier(@Root() { supplierId }: DraftPart['row']): Supplier {
    return { id: supplierId };
  }

  @FieldResolver(() => Money, { description: 'Goods, tax and delivery, as prices are known for then.' })
  total(@Root() { totalAmount, currency }: DraftPart['row']): Money {
    return moneyOf(totalAmount, currency);
  }
}

@Resolver(() => StandingOrderRun)
export class StandingOrderRunResolver {
  @FieldResolver(() => Order, { nullable: true, description: 'The order; null where nothing could be ordered.' })
  async order(@Root() { orderId }: StandingRun, @Ctx() { loaders }: OrdersContext): Promise<OrderEntity | null> {
    return orderId === null ? null : loaders.orders.load(orderId);
  }
}
