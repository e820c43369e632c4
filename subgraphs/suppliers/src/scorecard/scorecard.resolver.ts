import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError } from '@gastronom/shared/domain-error';
import { DateTime } from '@gastronom/shared/scalars';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { SuppliersContext } from '../context.ts';
import type { SupplierEntity } from '../supplier/supplier.entity.ts';
import { Supplier } from '../supplier/supplier.type.ts';
import { maySell } from '../supplier/supplier-access.ts';
import { type PeriodName, ScorecardRepository, type ScoreRow } from './scorecard.repository.ts';
import { RecomputeScorecardsPayload, Scorecard, ScorecardPeriod } from './scorecard.type.ts';

const mostPeriods = 60;

const toScorecard = (row: ScoreRow, withDetails: boolean, currencyCode: string): Scorecard => ({
  ...row,
  details: withDetails ? { ...row, priceVarianceAmount: { amount: row.priceVarianceAmount, currencyCode } } : null,
});

@Resolver(() => Supplier)
export class ScorecardResolver {
  @FieldResolver(() => [Scorecard], {
    nullable: true,
    description:
      'How the supplier did, period by period, the newest first: its trend. For those who have ordered of it, the supplier itself and staff; null for others.',
  })
  async scorecards(
    @Root() supplier: SupplierEntity,
    @Ctx() { loaders, viewer, clock }: SuppliersContext,
    @Arg('period', () => ScorecardPeriod, { defaultValue: 'MONTH', description: 'How long a period is.' })
    period: PeriodName,
    @Arg('count', () => Int, { defaultValue: 6, description: 'How many periods: 1 to 60.' }) count: number,
    @Arg('at', () => DateTime, { nullable: true, description: 'A moment in the newest period; now by default.' })
    at?: Date | null,
  ): Promise<Scorecard[] | null> {
    if (count < 1 || count > mostPeriods)
      throw new DomainError('BAD_USER_INPUT', `\`count\` takes 1 to ${mostPeriods}: ${count} is not.`);
    const isStaff = viewer.kind === 'user' && (viewer.role === 'STAFF' || viewer.role === 'ADMIN');
    const withDetails = viewer.kind !== 'service' && maySell(viewer, supplier);
    if (!withDetails && !isStaff && !(await loaders.scorecards.hasTraded.load(supplier.id))) return null;
    const request = { supplierId: supplier.id, period, count, at: at?.getTime() ?? clock() };
    const rows = await loaders.scorecards.scores.load(request);
    return rows.map((row) => toScorecard(row, withDetails, supplier.currency));
  }

  @Mutation(() => RecomputeScorecardsPayload, {
    description: 'Makes all scores anew of the events that are kept, as after a mended formula. For admins.',
  })
  recomputeScorecards(@Ctx() context: SuppliersContext): Promise<RecomputeScorecardsPayload> {
    return inTransaction(context.manager, async (manager) => {
      const facts = await new ScorecardRepository(manager).rebuild();
      const act = { action: 'scorecards.recompute', subject: { type: 'Scorecards', id: 'ALL' }, after: { facts } };
      await recordAudit(context.jobs, manager, context, act);
      return { facts };
    });
  }
}
