import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.ts';
import { isCancellable } from './end.service.ts';
import { partiesOf } from './party.ts';
import type { SupplierOrderEntity } from './supplier-order.entity.ts';
import { SupplierOrder } from './supplier-order.type.ts';
import { OrderMachine, OrderMachineName, OrderTransition } from './transition.type.ts';
import { deliveryTransitions, orderTransitions, supplierOrderTransitions, type Transition } from './transitions.ts';

interface Machine {
  readonly name: OrderMachineName;
  readonly initial: readonly string[];
  readonly final: readonly string[];
  readonly transitions: readonly Transition[];
}

function machine(name: OrderMachineName, initial: string, transitions: readonly Transition[]): Machine {
  const left = new Set(transitions.map(({ from }) => from));
  const final = [...new Set(transitions.map(({ to }) => to))].filter((status) => !left.has(status));
  return { name, initial: [initial], final, transitions };
}

const machines: readonly Machine[] = [
  machine(OrderMachineName.ORDER, 'PLACING', orderTransitions),
  machine(OrderMachineName.SUPPLIER_ORDER, 'PENDING', supplierOrderTransitions),
  machine(OrderMachineName.DELIVERY, 'MARKED', deliveryTransitions),
];

@Resolver(() => SupplierOrder)
export class TransitionResolver {
  @Query(() => [OrderMachine], {
    description: 'The ways of orders, of suppliers’ parts of them and of deliveries: every step that there is.',
  })
  orderTransitions(): readonly Machine[] {
    return machines;
  }

  @FieldResolver(() => [OrderTransition], { description: 'The steps that you may take with it now.' })
  async allowedTransitions(
    @Root() part: SupplierOrderEntity,
    @Ctx() { loaders, viewer, clock }: OrdersContext,
  ): Promise<readonly Transition[]> {
    const order = await loaders.anyOrders.load(part.orderId);
    if (!order) return [];
    const parties = partiesOf(viewer, order, part);
    const now = new Date(clock());
    return supplierOrderTransitions.filter(({ from, by, command }) => {
      const allowed = parties.filter((party) => by.includes(party));
      if (from !== part.status || allowed.length === 0) return false;
      return command !== 'CANCEL' || allowed.some((party) => party !== 'BUYER') || isCancellable(part, now);
    });
  }
}
