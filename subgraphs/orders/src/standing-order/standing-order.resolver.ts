import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireBuyer } from '../cart/cart-view.ts';
import type { OrdersContext } from '../context.ts';
import { type NextRunView, viewNextRun } from './next-run.ts';
import { ChangeNextRunInput, SaveStandingOrderInput } from './standing-order.inputs.ts';
import { StandingOrderRepository } from './standing-order.repository.ts';
import type { StandingOrderRow, StandingRun } from './standing-order.row.ts';
import { StandingOrderService, type StandingOutcome } from './standing-order.service.ts';
import { StandingOrder, StandingOrderNextRun, StandingOrderPayload, StandingOrderRun } from './standing-order.type.ts';

@Resolver(() => StandingOrder)
export class StandingOrderResolver {
  @Query(() => [StandingOrder], {
    description: 'What the restaurant that the person acts for, or the person, orders again and again: at most 100.',
  })
  standingOrders(@Ctx() { manager, viewer }: OrdersContext): Promise<StandingOrderRow[]> {
    return new StandingOrderRepository(manager).list(requireBuyer(viewer));
  }

  @Mutation(() => StandingOrderPayload, {
    description:
      'Makes a standing order, or changes one as a whole. What has been ordered by it stays as it is. Last saved by an ADMIN of the restaurant, it needs no approval.',
  })
  saveStandingOrder(
    @Ctx() context: OrdersContext,
    @Arg('input', () => SaveStandingOrderInput, { description: 'How it is to be.' }) input: SaveStandingOrderInput,
  ): Promise<StandingOutcome> {
    return new StandingOrderService(context).save(input);
  }

  @Mutation(() => StandingOrderPayload, {
    description:
      'Orders otherwise the next time, and then as always. TOO_LATE from the moment at which it is placed, which is before the suppliers’ cut-off.',
  })
  changeNextRun(
    @Ctx() context: OrdersContext,
    @Arg('input', () => ChangeNextRunInput, { description: 'What is ordered then.' }) input: ChangeNextRunInput,
  ): Promise<StandingOutcome> {
    return new StandingOrderService(context).changeNext(input);
  }

  @Mutation(() => StandingOrderPayload, {
    description: 'Leaves a day out: it is added to `skipDates`. TOO_LATE once that day’s order has been placed.',
  })
  skipStandingOrder(
    @Ctx() context: OrdersContext,
    @Arg('id', () => ID, { description: 'The standing order’s id.' }) id: string,
    @Arg('date', () => String, {
      nullable: true,
      description: 'The day, as `2026-12-24`, in its time zone; that of the next time by default.',
    })
    date?: string | null,
  ): Promise<StandingOutcome> {
    return new StandingOrderService(context).skip(id, date);
  }

  @Mutation(() => StandingOrderPayload, { description: 'Lets a standing order rest, or go on with its next time.' })
  pauseStandingOrder(
    @Ctx() context: OrdersContext,
    @Arg('id', () => ID, { description: 'The standing order’s id.' }) id: string,
    @Arg('isPaused', () => Boolean, { defaultValue: true, description: 'False lets it go on; true by default.' })
    isPaused: boolean,
  ): Promise<StandingOutcome> {
    return new StandingOrderService(context).pause(id, isPaused);
  }

  @Mutation(() => Boolean, {
    description: 'Ends a standing order. What has been ordered by it stays. True in any case.',
  })
  async deleteStandingOrder(
    @Ctx() context: OrdersContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<boolean> {
    await new StandingOrderService(context).delete(id);
    return true;
  }

  @FieldResolver(() => StandingOrderNextRun, {
    nullable: true,
    description: 'When it is placed next, and what; null where it is paused, and where no time is left.',
  })
  nextRun(@Root() standing: StandingOrderRow, @Ctx() context: OrdersContext): NextRunView | null {
    return viewNextRun(context, standing);
  }

  @FieldResolver(() => [StandingOrderRun], { description: 'What came of its latest ten times.' })
  runs(@Root() { id }: StandingOrderRow, @Ctx() { loaders }: OrdersContext): Promise<StandingRun[]> {
    return loaders.standingRuns.load(id);
  }
}
