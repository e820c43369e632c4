import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeMomentCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { Money } from '@gastronom/shared/money.type';
import { Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../../context.ts';
import { moneyOf } from '../payment.resolver.ts';
import { reconcilePaymentsJob } from '../payment-jobs.ts';
import type { FindingEntity } from './finding.entity.ts';
import type { ReconciliationEntity } from './reconciliation.entity.ts';
import { ReconciliationRepository } from './reconciliation.repository.ts';
import { PaymentFinding, PaymentReconciliation, PaymentReconciliationConnection } from './reconciliation.type.ts';

const sort = 'payment-reconciliations';

@Resolver(() => PaymentReconciliation)
export class ReconciliationResolver {
  @Query(() => PaymentReconciliationConnection, {
    description: 'The nightly comparisons of our ledger with Stripe’s balance, newest first. For staff.',
  })
  async paymentReconciliations(
    @Ctx() { manager }: OrdersContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<Connection<ReconciliationEntity>> {
    const size = pageSize(first);
    const rows = await new ReconciliationRepository(manager).list(size + 1, decodeMomentCursor(after, sort));
    return toConnection(
      toPage(rows, size),
      ({ finishedAt, id }) => encodeCursor(sort, [finishedAt.toISOString(), id]),
      after,
    );
  }

  @Mutation(() => Boolean, {
    description:
      'Has the comparison made now, instead of in the night: it shows in `paymentReconciliations`. For staff.',
  })
  async reconcilePayments(@Ctx() { jobs, manager }: OrdersContext): Promise<boolean> {
    await jobs.send(manager, reconcilePaymentsJob, {});
    return true;
  }

  @FieldResolver(() => [PaymentFinding], { description: 'What the two books tell differently.' })
  findings(@Root() { id }: ReconciliationEntity, @Ctx() { loaders }: OrdersContext): Promise<FindingEntity[]> {
    return loaders.payments.findings.load(id);
  }
}

@Resolver(() => PaymentFinding)
export class PaymentFindingResolver {
  @FieldResolver(() => Money, { nullable: true, description: 'What our ledger has; null where it has nothing.' })
  ours(@Root() { ours, currency }: FindingEntity): Money | null {
    return ours === null ? null : moneyOf(ours, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What Stripe has; null where it has nothing.' })
  theirs(@Root() { theirs, currency }: FindingEntity): Money | null {
    return theirs === null ? null : moneyOf(theirs, currency);
  }
}
