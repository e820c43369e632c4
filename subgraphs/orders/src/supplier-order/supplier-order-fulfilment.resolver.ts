import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { Decimal } from '@gastronom/shared/scalars';
import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.ts';
import { SubstituteStatus, SupplierOrderChange } from './fulfilment.type.ts';
import type { OrderLineEntity } from './order-line.entity.ts';
import { OrderLine } from './order-line.type.ts';
import type { SupplierOrderEntity } from './supplier-order.entity.ts';
import { SupplierOrder, SupplierOrderStatus } from './supplier-order.type.ts';
import type { SupplierOrderChangeEntity } from './supplier-order-change.entity.ts';

/** What became of a part after it was placed. */
@Resolver(() => SupplierOrder)
export class SupplierOrderFulfilmentResolver {
  @FieldResolver(() => [SupplierOrderChange], { description: 'Every step that it took, in order.' })
  changes(
    @Root() { id }: SupplierOrderEntity,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<SupplierOrderChangeEntity[]> {
    return loaders.fulfilment.changes.load(id);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What helps to find the goods on their way.' })
  trackingNote(@Root() { trackingNote }: SupplierOrderEntity): string | null {
    return trackingNote;
  }

  @FieldResolver(() => SupplierOrder, {
    nullable: true,
    description: 'The supplier’s order whose rest this one delivers; null for one that was placed by itself.',
  })
  async backOrderOf(
    @Root() { backOrderOf }: SupplierOrderEntity,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<SupplierOrderEntity | null> {
    return backOrderOf === null ? null : loaders.supplierOrders.visible.load(backOrderOf);
  }

  @FieldResolver(() => [SupplierOrder], { description: 'The supplier’s orders that deliver its rest later.' })
  backOrders(@Root() { id }: SupplierOrderEntity, @Ctx() { loaders }: OrdersContext): Promise<SupplierOrderEntity[]> {
    return loaders.fulfilment.backOrders.load(id);
  }
}

@Resolver(() => SupplierOrderChange)
export class SupplierOrderChangeResolver {
  @FieldResolver(() => SupplierOrderStatus, {
    nullable: true,
    description: 'The status before; null for the first step.',
  })
  from(@Root() { fromStatus }: SupplierOrderChangeEntity): string | null {
    return fromStatus;
  }

  @FieldResolver(() => SupplierOrderStatus, { description: 'The status after.' })
  to(@Root() { toStatus }: SupplierOrderChangeEntity): string {
    return toStatus;
  }
}

@Resolver(() => OrderLine)
export class OrderLineFulfilmentResolver {
  @FieldResolver(() => Decimal, { description: 'Of the quantity, how many packs stand in a back-order.' })
  backOrderedQuantity(@Root() { backOrderedQuantity }: OrderLineEntity): string {
    return plainDecimal(backOrderedQuantity);
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'How many packs of what was received were damaged; null before a delivery.',
  })
  damagedQuantity(@Root() { damagedQuantity }: OrderLineEntity): string | null {
    return damagedQuantity === null ? null : plainDecimal(damagedQuantity);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The line that it would replace (UUID); null for what the buyer ordered.',
  })
  substituteFor(@Root() { substituteFor }: OrderLineEntity): string | null {
    return substituteFor;
  }

  @FieldResolver(() => SubstituteStatus, {
    nullable: true,
    description: 'Whether it comes in place of another; null for what the buyer ordered.',
  })
  substituteStatus(@Root() { substituteStatus }: OrderLineEntity): string | null {
    return substituteStatus;
  }
}
