import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import { Money } from '@gastronom/shared/money.type';
import { actorOf } from '@gastronom/shared/viewer';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../../context.ts';
import { moneyOf } from '../payment.resolver.ts';
import { makeRefundJob } from '../payment-jobs.ts';
import type { RefundEntity } from './refund.entity.ts';
import { retryRefundError } from './refund.errors.ts';
import { RefundSupplierOrderInput } from './refund.inputs.ts';
import { RefundRepository } from './refund.repository.ts';
import { Refund, RefundSupplierOrderPayload, RetryRefundPayload } from './refund.type.ts';
import { type RefundOutcome, refundSupplierOrder } from './refund-supplier-order.ts';

@Resolver(() => Refund)
export class RefundResolver {
  @FieldResolver(() => Money, { description: 'What goes back.' })
  amount(@Root() { amount, currency }: RefundEntity & { currency: string }): Money {
    return moneyOf(amount, currency);
  }

  @Mutation(() => RefundSupplierOrderPayload, {
    description:
      'Gives a buyer money back of a supplier’s order that was paid by card: never more than is left of it. The platform’s fee goes back in proportion. For the supplier’s people and staff. IDEMPOTENCY_KEY_REUSED where the key stands for another refund.',
  })
  refundSupplierOrder(
    @Ctx() context: OrdersContext,
    @Arg('input', () => RefundSupplierOrderInput, { description: 'What is given back.' })
    input: RefundSupplierOrderInput,
  ): Promise<RefundOutcome> {
    return refundSupplierOrder(context, input);
  }

  @Mutation(() => RetryRefundPayload, {
    description: 'Has Stripe try once more to pay back what failed. For staff.',
  })
  retryRefund(
    @Ctx() context: OrdersContext,
    @Arg('id', () => ID, { description: 'Id of the refund.' }) id: string,
  ): Promise<RetryRefundPayload> {
    return inTransaction(context.manager, async (manager) => {
      const refunds = new RefundRepository(manager);
      const refund = isUUID(id) ? await refunds.lockFailed(id) : null;
      if (!refund)
        return { userErrors: [retryRefundError('NOT_FOUND', ['id'], 'There is no such refund that failed.')] };
      // What failed stays as it was; the promise goes over to another.
      await refunds.update(refund.id, { voidAmount: refund.amount });
      const { paymentId, partId, amount, source, reason } = refund;
      const requestedBy = actorOf(context.viewer);
      const again = await refunds.insert({ paymentId, partId, amount, source, reason, requestedBy });
      await context.jobs.send(manager, makeRefundJob, { refundId: again.id });
      await recordAudit(context.jobs, manager, context, {
        action: 'payment.refund.retry',
        subject: { type: 'Refund', id: refund.id },
        before: { failure: refund.failure },
        after: { refundId: again.id },
      });
      return { userErrors: [] };
    });
  }
}

@Resolver(() => RefundSupplierOrderPayload)
export class RefundSupplierOrderPayloadResolver {
  @FieldResolver(() => Refund, { nullable: true, description: 'The refund; null where none was made.' })
  refund(@Root() { refund }: RefundOutcome): RefundOutcome['refund'] {
    return refund;
  }
}
