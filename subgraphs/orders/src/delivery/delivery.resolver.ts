import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { DateTime, Decimal } from '@gastronom/shared/scalars';
import { Decimal as DecimalNumber } from 'decimal.js';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.ts';
import type { ReadOrderLine } from '../supplier-order/order-line.resolver.ts';
import { OrderLine } from '../supplier-order/order-line.type.ts';
import { sumAmounts } from '../supplier-order/share-of-line.ts';
import type { SupplierOrderEntity } from '../supplier-order/supplier-order.entity.ts';
import { SupplierOrder } from '../supplier-order/supplier-order.type.ts';
import { correctableUntil, correctDelivery } from './correct-delivery.service.ts';
import type { DeliveryEntity, DeliveryLineEntity, DeliveryRevisionEntity, ToldLine } from './delivery.entity.ts';
import { CorrectDeliveryInput, MarkDeliveredInput } from './delivery.inputs.ts';
import { Delivery, DeliveryLine, DeliveryPayload, DeliveryRevision, DeliveryRevisionLine } from './delivery.type.ts';
import { outstandingOf } from './delivery-command.ts';
import { type DeliveryOutcome, markDelivered } from './mark-delivered.service.ts';

/** A line as it is read: with what it is of. */
type ReadDeliveryLine = DeliveryLineEntity & {
  readonly delivery: DeliveryEntity;
  readonly line: ReadOrderLine | null;
};

@Resolver(() => Delivery)
export class DeliveryResolver {
  @Query(() => Delivery, {
    nullable: true,
    description: 'A delivery by its id, for the parties of its order and for staff; null to others.',
  })
  delivery(
    @Ctx() { loaders }: OrdersContext,
    @Arg('id', () => ID, { description: 'Its id (UUID).' }) id: string,
  ): Promise<DeliveryEntity | null> {
    return loaders.deliveries.visible.load(id);
  }

  @Mutation(() => DeliveryPayload, {
    description:
      'Tells that goods of a supplier’s order arrived, all or some. For the people of its buyer and supplier, and for staff.',
  })
  markDelivered(
    @Ctx() context: OrdersContext,
    @Arg('input', () => MarkDeliveredInput, { description: 'What arrived.' }) input: MarkDeliveredInput,
  ): Promise<DeliveryOutcome> {
    return markDelivered(context, input);
  }

  @Mutation(() => DeliveryPayload, {
    description:
      'Tells a delivery otherwise; what was told before is kept. For the buyer’s people within DELIVERY_CORRECTION_HOURS, and for staff.',
  })
  correctDelivery(
    @Ctx() context: OrdersContext,
    @Arg('input', () => CorrectDeliveryInput, { description: 'What arrived instead.' }) input: CorrectDeliveryInput,
  ): Promise<DeliveryOutcome> {
    return correctDelivery(context, input);
  }

  @FieldResolver(() => [DeliveryLine], { description: 'What arrived, in the order of the lines.' })
  async lines(@Root() delivery: DeliveryEntity, @Ctx() { loaders }: OrdersContext): Promise<ReadDeliveryLine[]> {
    const { id, supplierOrderId, currency } = delivery;
    const [lines, ordered] = await Promise.all([
      loaders.deliveries.lines.load(id),
      loaders.supplierOrders.lines.load(supplierOrderId),
    ]);
    const byId = new Map(ordered.map((line) => [line.id, { ...line, currency }]));
    return lines
      .map((line) => ({ ...line, delivery, line: byId.get(line.lineId) ?? null }))
      .toSorted((a, b) => (a.line?.position ?? 0) - (b.line?.position ?? 0));
  }

  @FieldResolver(() => [DeliveryRevision], { description: 'Everything that was told of it, in order.' })
  revisions(@Root() { id }: DeliveryEntity, @Ctx() { loaders }: OrdersContext): Promise<DeliveryRevisionEntity[]> {
    return loaders.deliveries.revisions.load(id);
  }

  @FieldResolver(() => Money, {
    description:
      'What is to be paid for it with tax: what was received and not damaged, by real weight where that counts.',
  })
  total(@Root() { totalAmount, currency }: DeliveryEntity): Money {
    return moneyOf(totalAmount, currency);
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'Until when the buyer’s people may correct it.' })
  async correctableUntil(
    @Root() { id }: DeliveryEntity,
    @Ctx() { loaders, settings }: OrdersContext,
  ): Promise<Date | null> {
    const [first] = await loaders.deliveries.revisions.load(id);
    return first ? correctableUntil(first.markedAt, settings.DELIVERY_CORRECTION_HOURS) : null;
  }
}

@Resolver(() => DeliveryLine)
export class DeliveryLineResolver {
  @FieldResolver(() => ID, { description: 'The line of the order (UUID).' })
  lineId(@Root() { lineId }: DeliveryLineEntity): string {
    return lineId;
  }

  @FieldResolver(() => OrderLine, { nullable: true, description: 'The line of the order.' })
  line(@Root() { line }: ReadDeliveryLine): ReadOrderLine | null {
    return line;
  }

  @FieldResolver(() => Decimal, {
    description: 'How many packs were promised and have come neither with it nor with a delivery before it.',
  })
  async short(@Root() { line, delivery }: ReadDeliveryLine, @Ctx() { loaders }: OrdersContext): Promise<string> {
    if (!line) return '0';
    const all = await loaders.deliveries.ofSupplierOrder.load(delivery.supplierOrderId);
    const soFar = all.filter(({ number }) => number <= delivery.number);
    const lines = await Promise.all(soFar.map(({ id }) => loaders.deliveries.lines.load(id)));
    const received = lines.flat().filter(({ lineId }) => lineId === line.id);
    const sum = received.reduce((so, { receivedQuantity }) => so.plus(receivedQuantity), new DecimalNumber(0));
    return outstandingOf(line, sum).toFixed();
  }

  @FieldResolver(() => Decimal, { description: 'How many packs came, damaged or not.' })
  received(@Root() { receivedQuantity }: DeliveryLineEntity): string {
    return plainDecimal(receivedQuantity);
  }

  @FieldResolver(() => Decimal, { description: 'How many of them nobody can use.' })
  damaged(@Root() { damagedQuantity }: DeliveryLineEntity): string {
    return plainDecimal(damagedQuantity);
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'What they really weigh together, in base units; null where that was not told.',
  })
  weight(@Root() { weight }: DeliveryLineEntity): string | null {
    return weight === null ? null : plainDecimal(weight);
  }

  @FieldResolver(() => Money, { description: 'What is to be paid for it, with tax.' })
  total(@Root() { totalAmount, delivery }: ReadDeliveryLine): Money {
    return moneyOf(totalAmount, delivery.currency);
  }
}

@Resolver(() => DeliveryRevision)
export class DeliveryRevisionResolver {
  @FieldResolver(() => DateTime, { description: 'When it arrived, as it was told then.' })
  deliveredAt(@Root() { told }: DeliveryRevisionEntity): Date {
    return new Date(told.deliveredAt);
  }

  @FieldResolver(() => [DeliveryRevisionLine], { description: 'What arrived, as it was told then.' })
  lines(@Root() { told }: DeliveryRevisionEntity): readonly ToldLine[] {
    return told.lines;
  }
}

@Resolver(() => SupplierOrder)
export class SupplierOrderDeliveriesResolver {
  @FieldResolver(() => [Delivery], { description: 'What arrived of it, in order.' })
  deliveries(@Root() { id }: SupplierOrderEntity, @Ctx() { loaders }: OrdersContext): Promise<DeliveryEntity[]> {
    return loaders.deliveries.ofSupplierOrder.load(id);
  }

  @FieldResolver(() => Money, {
    description: 'What is to be paid of it so far: all that was received in order, with tax, and what delivery costs.',
  })
  async deliveredTotal(
    @Root() { id, currency, deliveryAmount }: SupplierOrderEntity,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<Money> {
    const { totalAmount } = sumAmounts(await loaders.deliveries.ofSupplierOrder.load(id));
    const fee = { goodsAmount: '0', taxAmount: '0', totalAmount: deliveryAmount };
    const all = sumAmounts([{ goodsAmount: '0', taxAmount: '0', totalAmount }, fee]).totalAmount;
    return moneyOf(Number(totalAmount) === 0 ? totalAmount : all, currency);
  }
}
