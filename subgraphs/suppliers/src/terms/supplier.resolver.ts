import { DomainError } from '@gastronom/shared/domain-error';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { SuppliersContext } from '../context.ts';
import type { SupplierEntity } from '../supplier/supplier.entity.ts';
import type { SupplierAnswer } from '../supplier/supplier.service.ts';
import { Supplier, SupplierPayload } from '../supplier/supplier.type.ts';
import { SetDeliveryDaysInput } from './delivery-terms.inputs.ts';
import { setDeliveryDays } from './delivery-terms.service.ts';
import { DeliveryException, DeliveryWindow, NextDelivery } from './delivery-terms.type.ts';
import { nextDeliveries, type PossibleDelivery } from './next-deliveries.ts';

const mostDeliveries = 60;
const short = (time: string | null): string | null => time?.slice(0, 5) ?? null;

/** What a supplier's page tells of its deliveries. */
@Resolver(() => Supplier)
export class SupplierDeliveryResolver {
  @Mutation(() => SupplierPayload, {
    description:
      'Sets the week, the holidays and the added days of a supplier’s deliveries. For ADMINs of its organization and admins; staff set the house’s.',
  })
  setDeliveryDays(
    @Ctx() context: SuppliersContext,
    @Arg('input', () => SetDeliveryDaysInput, { description: 'When it delivers.' }) input: SetDeliveryDaysInput,
  ): Promise<SupplierAnswer> {
    return setDeliveryDays(context, input);
  }

  @FieldResolver(() => [DeliveryWindow], {
    description:
      'When it delivers in a week; empty for one that has not said, and then takes orders for no particular day.',
  })
  async deliveryWindows(
    @Root() { id }: SupplierEntity,
    @Ctx() { loaders }: SuppliersContext,
  ): Promise<DeliveryWindow[]> {
    const windows = (await loaders.deliveringSuppliers.load(id))?.windows ?? [];
    return windows.map(({ weekday, fromTime, toTime, cutOffDays, cutOffTime }) => ({
      weekday,
      from: fromTime.slice(0, 5),
      to: toTime.slice(0, 5),
      cutOffDays,
      cutOffTime: short(cutOffTime),
    }));
  }

  @FieldResolver(() => [DeliveryException], { description: 'Holidays and added days, by date.' })
  async deliveryExceptions(
    @Root() { id }: SupplierEntity,
    @Ctx() { loaders }: SuppliersContext,
  ): Promise<DeliveryException[]> {
    const exceptions = (await loaders.deliveringSuppliers.load(id))?.exceptions ?? [];
    return exceptions.map(({ onDate, isClosed, fromTime, toTime, note }) => ({
      on: onDate,
      isClosed,
      from: short(fromTime),
      to: short(toTime),
      note,
    }));
  }

  @FieldResolver(() => [NextDelivery], { description: 'The next deliveries that can still be ordered for.' })
  async nextDeliveries(
    @Root() supplier: SupplierEntity,
    @Ctx() { loaders, clock }: SuppliersContext,
    @Arg('count', () => Int, { defaultValue: 5, description: 'How many: 0 to 60.' }) count: number,
  ): Promise<PossibleDelivery[]> {
    if (count < 0 || count > mostDeliveries)
      throw new DomainError('BAD_USER_INPUT', `\`count\` takes 0 to ${mostDeliveries}: ${count} is not.`);
    const { windows = [], exceptions = [] } = (await loaders.deliveringSuppliers.load(supplier.id)) ?? {};
    return nextDeliveries({ supplier, windows, exceptions }, new Date(clock()), count);
  }
}
