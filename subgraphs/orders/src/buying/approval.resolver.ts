import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.ts';
import type { OrderEntity } from '../order/order.entity.ts';
import { Order } from '../order/order.type.ts';
import {
  type ApprovalOutcome,
  approveOrder,
  declineOrder,
  readSpendLimit,
  type SpendLimitOutcome,
  setSpendLimit,
} from './approval.service.ts';
import { ApprovalPayload, OrderApproval, SpendLimitInput, SpendLimitPayload } from './approval.type.ts';

@Resolver(() => Order)
export class OrderApprovalResolver {
  @FieldResolver(() => OrderApproval, {
    nullable: true,
    description: 'Whether it had to be approved, and what was decided; null of an order within its buyer’s limit.',
  })
  async approval(@Root() order: OrderEntity, @Ctx() { loaders }: OrdersContext): Promise<OrderApproval | null> {
    const approval = await loaders.approvals.load(order.id);
    if (!approval) return null;
    return {
      ...approval,
      decision: approval.decision as OrderApproval['decision'],
      decidedBy: approval.decidedBy === null ? null : { id: approval.decidedBy },
      limit: order.approvalLimit === null ? null : moneyOf(order.approvalLimit, order.currency),
    };
  }
}

@Resolver(() => ApprovalPayload)
export class ApprovalResolver {
  @Query(() => Money, {
    nullable: true,
    description:
      'What an order of the restaurant that the person acts for may come to before an ADMIN has to approve it; null for no limit.',
  })
  async spendLimit(@Ctx() context: OrdersContext): Promise<Money | null> {
    const limit = await readSpendLimit(context);
    return limit && moneyOf(limit.amount, limit.currency);
  }

  @Mutation(() => SpendLimitPayload, {
    description:
      'Sets what an order of the restaurant may come to before an ADMIN has to approve it. Orders that wait are not touched. For its ADMINs, who need no approval themselves.',
  })
  setSpendLimit(
    @Ctx() context: OrdersContext,
    @Arg('limit', () => SpendLimitInput, { nullable: true, description: 'The limit; null for none.' })
    limit?: SpendLimitInput | null,
  ): Promise<SpendLimitOutcome> {
    return setSpendLimit(context, limit ?? null);
  }

  @Mutation(() => ApprovalPayload, {
    description: 'Lets an order go on that is over the restaurant’s spend limit. For its ADMINs.',
  })
  approveOrder(
    @Ctx() context: OrdersContext,
    @Arg('orderId', () => ID, { description: 'The order’s id.' }) orderId: string,
  ): Promise<ApprovalOutcome> {
    return approveOrder(context, orderId);
  }

  @Mutation(() => ApprovalPayload, {
    description: 'Refuses an order that is over the restaurant’s spend limit; its goods go back. For its ADMINs.',
  })
  declineOrder(
    @Ctx() context: OrdersContext,
    @Arg('orderId', () => ID, { description: 'The order’s id.' }) orderId: string,
    @Arg('reason', () => String, { nullable: true, description: 'Why, for whoever placed it.' }) reason?: string | null,
  ): Promise<ApprovalOutcome> {
    return declineOrder(context, orderId, reason);
  }

  @FieldResolver(() => Order, { nullable: true, description: 'The order; null when nothing was decided.' })
  order(@Root() { order }: ApprovalOutcome): OrderEntity | null {
    return order;
  }
}

@Resolver(() => SpendLimitPayload)
export class SpendLimitPayloadResolver {
  @FieldResolver(() => Money, {
    nullable: true,
    description: 'The limit as it is now; null for none, and when it was refused.',
  })
  spendLimit(@Root() { spendLimit }: SpendLimitOutcome): Money | null {
    return spendLimit && moneyOf(spendLimit.amount, spendLimit.currency);
  }
}
